#include "note/convert.h"

#include <string.h>

#include "base/date.h"

const struct iv_field *iv_given(const struct iv_reader *reader, const char *name)
{
	size_t i;

	for (i = 0; i < reader->fields.count; i++) {
		const struct iv_field *field = &reader->fields.items[i];

		if (field->known && field->known[0] == name[0] && !strcmp(field->known, name))
			return iv_value_is_blank(&field->value) ? NULL : field;
	}
	return NULL;
}

struct iv_text iv_scalar(struct iv_reader *reader, const char *name)
{
	const struct iv_field *field = iv_given(reader, name);
	const struct iv_value *scalar;
	struct iv_text out = {{NULL, 0}, {0, 0}};

	if (!field)
		return out;
	scalar = iv_value_scalar(&field->value);
	if (scalar) {
		out.text = iv_str_trim(scalar->text);
		out.pos = iv_value_pos(reader, scalar, out.text.ptr);
	} else if (field->value.kind == IV_VALUE_MAP) {
		iv_typed_problem(reader, "bad-value", field->value.pos,
				 "expected a text for '%s', found a mapping", name);
	}
	return out;
}

/* ---- days ---- */

static size_t digits(struct iv_str text)
{
	size_t count = 0;

	while (count < text.len && iv_is_digit(text.ptr[count]))
		count++;
	return count;
}

bool iv_is_datelike(struct iv_str text)
{
	size_t count = digits(text);

	return count && count <= 4 && count + 1 < text.len && memchr("-/.", text.ptr[count], 3) &&
	       iv_is_digit(text.ptr[count + 1]);
}

size_t iv_leading_day(iv_day *out, struct iv_str text)
{
	if (text.len < 10 || (text.len > 10 && iv_is_digit(text.ptr[10])))
		return 0;
	return iv_day_parse(out, iv_str_slice(text, 0, 10)) ? 10 : 0;
}

/* 2026-2-3 as 2026-02-03, where that day exists. */
static bool padded_day(char out[11], struct iv_str text)
{
	int part[3];
	size_t i, len;
	iv_day day;

	for (i = 0; i < 3; i++) {
		len = digits(text);
		if (!len || len > 4 || !iv_str_int(&part[i], iv_str_slice(text, 0, len)))
			return false;
		text = iv_str_slice(text, len, text.len);
		if (i < 2 && (!text.len || !memchr("-/.", text.ptr[0], 3)))
			return false;
		text = iv_str_slice(text, i < 2, text.len);
	}
	day = iv_day_of((struct iv_civil){part[0], part[1], part[2]});
	if (part[0] < 1000 || text.len || day == IV_NO_DAY)
		return false;
	iv_day_format(out, day);
	return true;
}

static bool has_form_of_day(struct iv_str text)
{
	size_t i;

	for (i = 0; i < 10; i++)
		if (i >= text.len ||
		    (i == 4 || i == 7 ? text.ptr[i] != '-' : !iv_is_digit(text.ptr[i])))
			return false;
	return true;
}

static void bad_day(struct iv_reader *reader, struct iv_str text, struct iv_pos pos)
{
	struct iv_str shown = iv_quoted(text);
	char right[11];

	if (has_form_of_day(text))
		iv_typed_problem(reader, "bad-value", pos, "there is no day '%.*s'",
				 IV_STR_ARG(iv_str_slice(text, 0, 10)));
	else if (padded_day(right, text))
		iv_typed_problem(reader, "bad-value", pos, "'%.*s' is no date; write it as '%s'",
				 IV_STR_ARG(shown), right);
	else
		iv_typed_problem(reader, "bad-value", pos, "'%.*s' is no date; expected YYYY-MM-DD",
				 IV_STR_ARG(shown));
}

static struct iv_str without_link(struct iv_str text)
{
	if (iv_str_starts(text, "[[") && iv_str_ends(text, "]]") && text.len > 4)
		return iv_str_slice(text, 2, text.len - 2);
	return text;
}

bool iv_read_day(iv_day *out, struct iv_reader *reader, struct iv_str text, struct iv_pos pos)
{
	int minute;

	text = iv_str_trim(text);
	if (iv_datetime_parse(out, &minute, without_link(text)))
		return true;
	*out = IV_NO_DAY;
	bad_day(reader, text, pos);
	return false;
}

void iv_date_field(struct iv_date *out, struct iv_reader *reader, const char *name)
{
	struct iv_text text = iv_scalar(reader, name);

	out->day = IV_NO_DAY;
	out->pos = text.pos;
	if (text.text.ptr)
		iv_read_day(&out->day, reader, text.text, text.pos);
}

/* ---- choices ---- */

void iv_bad_choice(struct iv_reader *reader, struct iv_pos pos, struct iv_str text,
		   const char *what, const char *const *choices)
{
	struct iv_meant meant = {.word = text};

	iv_meant_offer_all(&meant, choices);
	if (meant.count)
		iv_typed_problem(reader, "bad-value", pos, "'%.*s' is no %s; %s",
				 IV_STR_ARG(iv_quoted(text)), what,
				 iv_meant_text(reader->arena, &meant));
	else
		iv_typed_problem(reader, "bad-value", pos, "'%.*s' is no %s; expected %.*s",
				 IV_STR_ARG(iv_quoted(text)), what,
				 IV_STR_ARG(iv_words_listed(reader->arena, choices)));
}

int iv_choice_field(struct iv_reader *reader, const char *name)
{
	struct iv_text text = iv_scalar(reader, name);
	const struct iv_field_def *def;
	int choice;

	if (!text.text.ptr)
		return -1;
	def = iv_field_find(reader->note->type, iv_str_of(name));
	choice = iv_word_index(text.text, def->choices);
	if (choice < 0)
		iv_bad_choice(reader, text.pos, text.text,
			      strcmp(name, "via") == 0 ? "channel" : name, def->choices);
	return choice;
}

struct iv_text iv_choice_text(struct iv_reader *reader, const char *name)
{
	struct iv_text text = iv_scalar(reader, name);
	int choice = iv_choice_field(reader, name);

	if (choice < 0)
		return (struct iv_text){.text = {NULL, 0}};
	text.text = iv_str_of(iv_field_find(reader->note->type, iv_str_of(name))->choices[choice]);
	return text;
}

/* ---- durations ---- */

/* The end of the word at the start: white space or punctuation that no duration has. */
static size_t word_length(struct iv_str text, size_t from)
{
	while (from < text.len && !iv_is_space(text.ptr[from]) && text.ptr[from] != ',' &&
	       text.ptr[from] != ';' && text.ptr[from] != '(')
		from++;
	return from;
}

static size_t without_stop(struct iv_str text, size_t len)
{
	while (len && (text.ptr[len - 1] == '.' || text.ptr[len - 1] == ':'))
		len--;
	return len;
}

static bool has_unit(struct iv_str text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (iv_is_alpha(text.ptr[i]))
			return true;
	return false;
}

size_t iv_leading_minutes(int *out, struct iv_str text, bool bare)
{
	size_t ends[4], count = 0, end = 0, len;

	if (!digits(text))
		return 0;
	/* `1 h 15 min` is four words; the longest that reads is the one. */
	while (count < 4 && end < text.len) {
		end = word_length(text, end);
		ends[count++] = end;
		if (end < text.len && !iv_is_space(text.ptr[end]))
			break;
		while (end < text.len && iv_is_space(text.ptr[end]))
			end++;
	}
	while (count--) {
		len = without_stop(text, ends[count]);
		if (!iv_minutes_parse(out, iv_str_slice(text, 0, len)))
			continue;
		if (bare || has_unit(iv_str_slice(text, 0, len)))
			return len;
	}
	return 0;
}

/* `45m invited`, `45m, invited`, `45m (invited)`: the words alone. */
static struct iv_str bare_words(struct iv_str text)
{
	text = iv_str_trim(text);
	while (text.len && strchr(",;(", text.ptr[0]))
		text = iv_str_trim(iv_str_slice(text, 1, text.len));
	while (text.len && text.ptr[text.len - 1] == ')')
		text = iv_str_trim(iv_str_slice(text, 0, text.len - 1));
	return text;
}

bool iv_minutes_field(int *out, struct iv_str *words, struct iv_pos *pos, struct iv_reader *reader,
		      const char *name)
{
	struct iv_text text = iv_scalar(reader, name);
	size_t len;

	*out = -1;
	*pos = text.pos;
	*words = (struct iv_str){NULL, 0};
	if (!text.text.ptr)
		return false;
	len = iv_leading_minutes(out, text.text, true);
	*words = bare_words(iv_str_slice(text.text, len, text.text.len));
	if (len)
		return true;
	*out = -1;
	return false;
}
