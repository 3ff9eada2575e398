#include "base/spoken.h"

#include <stdlib.h>

#include "base/meant.h"

static const struct word {
	const char *text;
	enum iv_spoken kind;
	int number;
} vocabulary[] = {
	{"today", WORD_DAY, 0},
	{"tomorrow", WORD_DAY, 1},
	{"yesterday", WORD_DAY, -1},
	{"this", WORD_WEEK, 0},
	{"next", WORD_WEEK, 1},
	{"last", WORD_WEEK, -1},
	{"Mon", WORD_WEEKDAY, 1},
	{"Monday", WORD_WEEKDAY, 1},
	{"Tue", WORD_WEEKDAY, 2},
	{"Tues", WORD_WEEKDAY, 2},
	{"Tuesday", WORD_WEEKDAY, 2},
	{"Wed", WORD_WEEKDAY, 3},
	{"Wednesday", WORD_WEEKDAY, 3},
	{"Thu", WORD_WEEKDAY, 4},
	{"Thur", WORD_WEEKDAY, 4},
	{"Thurs", WORD_WEEKDAY, 4},
	{"Thursday", WORD_WEEKDAY, 4},
	{"Fri", WORD_WEEKDAY, 5},
	{"Friday", WORD_WEEKDAY, 5},
	{"Sat", WORD_WEEKDAY, 6},
	{"Saturday", WORD_WEEKDAY, 6},
	{"Sun", WORD_WEEKDAY, 7},
	{"Sunday", WORD_WEEKDAY, 7},
	{"Jan", WORD_MONTH, 1},
	{"January", WORD_MONTH, 1},
	{"Feb", WORD_MONTH, 2},
	{"February", WORD_MONTH, 2},
	{"Mar", WORD_MONTH, 3},
	{"March", WORD_MONTH, 3},
	{"Apr", WORD_MONTH, 4},
	{"April", WORD_MONTH, 4},
	{"May", WORD_MONTH, 5},
	{"Jun", WORD_MONTH, 6},
	{"June", WORD_MONTH, 6},
	{"Jul", WORD_MONTH, 7},
	{"July", WORD_MONTH, 7},
	{"Aug", WORD_MONTH, 8},
	{"August", WORD_MONTH, 8},
	{"Sep", WORD_MONTH, 9},
	{"Sept", WORD_MONTH, 9},
	{"September", WORD_MONTH, 9},
	{"Oct", WORD_MONTH, 10},
	{"October", WORD_MONTH, 10},
	{"Nov", WORD_MONTH, 11},
	{"November", WORD_MONTH, 11},
	{"Dec", WORD_MONTH, 12},
	{"December", WORD_MONTH, 12},
	{"d", WORD_UNIT, IV_UNIT_DAY},
	{"day", WORD_UNIT, IV_UNIT_DAY},
	{"days", WORD_UNIT, IV_UNIT_DAY},
	{"bd", WORD_UNIT, IV_UNIT_BUSINESS_DAY},
	{"w", WORD_UNIT, IV_UNIT_WEEK},
	{"week", WORD_UNIT, IV_UNIT_WEEK},
	{"weeks", WORD_UNIT, IV_UNIT_WEEK},
	{"m", WORD_UNIT, IV_UNIT_MONTH},
	{"month", WORD_UNIT, IV_UNIT_MONTH},
	{"months", WORD_UNIT, IV_UNIT_MONTH},
	{"y", WORD_UNIT, IV_UNIT_YEAR},
	{"year", WORD_UNIT, IV_UNIT_YEAR},
	{"years", WORD_UNIT, IV_UNIT_YEAR},
	{"business", WORD_BUSINESS, 0},
	{"a", WORD_ONE, 0},
	{"an", WORD_ONE, 0},
	{"in", WORD_IN, 0},
	{"ago", WORD_AGO, 0},
	{"at", WORD_AT, 0},
	{"of", WORD_OF, 0},
	{"st", WORD_ORDINAL, 0},
	{"nd", WORD_ORDINAL, 0},
	{"rd", WORD_ORDINAL, 0},
	{"th", WORD_ORDINAL, 0},
	{"am", WORD_HALF, 0},
	{"pm", WORD_HALF, 12 * 60},
	{"noon", WORD_TIME, 12 * 60},
	{"midnight", WORD_TIME, -1},
};
#define VOCABULARY (sizeof(vocabulary) / sizeof(*vocabulary))

/* The full name of a weekday or month: the longest word for it. */
const char *iv_spoken_name(enum iv_spoken kind, int number)
{
	const char *name = "";
	for (size_t i = 0; i < VOCABULARY; i++)
		if (vocabulary[i].kind == kind && vocabulary[i].number == number)
			name = vocabulary[i].text;
	return name;
}

/* ---- taking words and numbers ---- */

static struct iv_str letters_of(struct iv_str text)
{
	size_t len = 0;
	while (len < text.len && iv_is_alpha((unsigned char)text.ptr[len]))
		len++;
	return iv_str_slice(text, 0, len);
}

struct iv_str iv_spoken_digits(struct iv_str text)
{
	size_t len = 0;
	while (len < text.len && iv_is_digit((unsigned char)text.ptr[len]))
		len++;
	return iv_str_slice(text, 0, len);
}

static struct iv_str after(struct iv_str text, struct iv_str part)
{
	return iv_str_slice(text, part.len, text.len);
}

static bool starts_with(struct iv_str text, char c)
{
	return text.len && text.ptr[0] == c;
}

static const struct word *find_word(struct iv_str letters)
{
	for (size_t i = 0; i < VOCABULARY; i++)
		if (iv_str_is_nocase(letters, vocabulary[i].text))
			return &vocabulary[i];
	return NULL;
}

bool iv_spoken_known(struct iv_str rest)
{
	return find_word(letters_of(rest)) != NULL;
}

bool iv_spoken_at(struct iv_str rest, enum iv_spoken kind)
{
	const struct word *word = find_word(letters_of(rest));
	return word && word->kind == kind;
}

bool iv_spoken_take(int *number, struct iv_str *rest, enum iv_spoken kind)
{
	struct iv_str letters = letters_of(*rest);
	const struct word *word = find_word(letters);
	if (!word || word->kind != kind)
		return false;
	*number = word->number;
	*rest = iv_str_trim(after(*rest, letters));
	return true;
}

bool iv_spoken_skip(struct iv_str *rest, enum iv_spoken kind)
{
	int number;
	return iv_spoken_take(&number, rest, kind);
}

bool iv_spoken_skip_char(struct iv_str *rest, char c)
{
	if (!starts_with(*rest, c))
		return false;
	*rest = iv_str_trim(iv_str_slice(*rest, 1, rest->len));
	return true;
}

bool iv_spoken_number(int *number, struct iv_str *rest)
{
	struct iv_str digits = iv_spoken_digits(*rest);
	if (!iv_str_int(number, digits))
		return false;
	*rest = iv_str_trim(after(*rest, digits));
	return true;
}

/* ---- slips ---- */

static bool is_name(enum iv_spoken kind)
{
	return kind == WORD_DAY || kind == WORD_WEEKDAY || kind == WORD_MONTH;
}

/* What the first word that is none of ours may stand for. */
const char *iv_spoken_similar(struct iv_arena *arena, struct iv_str text)
{
	while (text.len) {
		struct iv_str letters = letters_of(text);
		struct iv_meant meant = {.word = letters};
		text = letters.len ? after(text, letters) : iv_str_slice(text, 1, text.len);
		if (!letters.len || find_word(letters))
			continue;
		for (size_t i = 0; i < VOCABULARY; i++)
			if (is_name(vocabulary[i].kind))
				iv_meant_offer(&meant, iv_str_of(vocabulary[i].text));
		return iv_meant_text(arena, &meant);
	}
	return NULL;
}
