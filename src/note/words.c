#include <string.h>

#include "note/bytes.h"
#include "note/reader.h"

static const char *const types[] = {"contact", "meeting", "organization"};
const char *const iv_channel_words[] = {"email",    "letter", "card",      "phone", "text",
					"linkedin", "video",  "in-person", NULL};
const char *const iv_outcome_words[] = {"yes", "no", "later", "bounced", NULL};
static const char *const kinds[] = {"informational", "catch-up", "job"};
static const char *const states[] = {"scheduled", "held",    "cancelled",
				     "moved",     "no-show", "missed"};

static const struct type_word {
	const char *word;
	enum iv_type type;
} type_words[] = {
	{"contact", IV_TYPE_CONTACT},           {"person", IV_TYPE_CONTACT},
	{"meeting", IV_TYPE_MEETING},           {"interview", IV_TYPE_MEETING},
	{"organization", IV_TYPE_ORGANIZATION}, {"organisation", IV_TYPE_ORGANIZATION},
	{"company", IV_TYPE_ORGANIZATION},
};

#define TYPE_WORDS (sizeof(type_words) / sizeof(*type_words))

const char *iv_type_word(enum iv_type type)
{
	return type == IV_TYPE_NONE ? "" : types[type - 1];
}

const char *iv_channel_word(enum iv_channel channel)
{
	return channel == IV_CHANNEL_NONE ? "" : iv_channel_words[channel - 1];
}

const char *iv_outcome_word(enum iv_outcome outcome)
{
	return outcome == IV_OUTCOME_NONE ? "" : iv_outcome_words[outcome - 1];
}

const char *iv_kind_word(enum iv_kind kind)
{
	return kinds[kind];
}

const char *iv_state_word(enum iv_state state)
{
	return state == IV_STATE_NONE ? "" : states[state - 1];
}

static bool is_joint(char c)
{
	return c == '-' || c == '_';
}

/* En and em dash end a word like the punctuation that they are. */
static bool is_dash(struct iv_str rest)
{
	return iv_str_starts(rest, "\xe2\x80\x93") || iv_str_starts(rest, "\xe2\x80\x94");
}

bool iv_word_ends(struct iv_str rest)
{
	if (!rest.len || is_dash(rest))
		return true;
	if (is_joint(rest.ptr[0]))
		return rest.len < 2 || !iv_byte_is_word(rest.ptr[1]);
	return !iv_byte_is_word(rest.ptr[0]);
}

size_t iv_spelled(struct iv_str text, const char *word)
{
	size_t at = 0;

	while (*word) {
		if (*word == '-') {
			while (at < text.len && (is_joint(text.ptr[at]) || text.ptr[at] == ' '))
				at++;
			word++;
		} else if (at < text.len && iv_to_lower(text.ptr[at]) == *word) {
			at++;
			word++;
		} else if (at && at < text.len && is_joint(text.ptr[at])) {
			at++;
		} else {
			return 0;
		}
	}
	return iv_word_ends(iv_str_slice(text, at, text.len)) ? at : 0;
}

bool iv_spells(struct iv_str text, const char *word)
{
	return text.len && iv_spelled(text, word) == text.len;
}

int iv_word_index(struct iv_str text, const char *const *words)
{
	int i;

	for (i = 0; words[i]; i++)
		if (iv_spells(text, words[i]))
			return i;
	return -1;
}

struct iv_str iv_words_listed(struct iv_arena *arena, const char *const *words)
{
	struct iv_str listed = {"", 0};
	size_t i;

	for (i = 0; words[i]; i++)
		listed = iv_arena_printf(arena, "%.*s%s%s", IV_STR_ARG(listed),
					 !i             ? ""
					 : words[i + 1] ? ", "
							: " or ",
					 words[i]);
	return listed;
}

struct iv_str iv_link_target(struct iv_str text)
{
	size_t end;

	text = iv_str_trim(text);
	if (!iv_str_starts(text, "[[") || !iv_str_ends(text, "]]"))
		return text;
	text = iv_str_slice(text, 2, text.len - 2);
	for (end = 0; end < text.len && text.ptr[end] != '|' && text.ptr[end] != '#'; end++)
		;
	return iv_str_trim(iv_str_slice(text, 0, end));
}

/* `People` of [[Categories/People|our people]]; what is no link stays as it is. */
static struct iv_str link_name(struct iv_str text)
{
	struct iv_str name = iv_link_target(text);
	size_t slash;

	if (name.ptr == iv_str_trim(text).ptr)
		return name;
	while ((slash = iv_str_find_char(name, '/')) != SIZE_MAX)
		name = iv_str_slice(name, slash + 1, name.len);
	return iv_str_trim(name);
}

static enum iv_type known_type(struct iv_str word)
{
	size_t i;

	for (i = 0; i < TYPE_WORDS; i++)
		if (iv_str_is_nocase(word, type_words[i].word))
			return type_words[i].type;
	return IV_TYPE_NONE;
}

const char *iv_field_of_own(const struct iv_syntax *syntax, struct iv_str folded_key)
{
	const char *const(*own)[2] = syntax->field_aliases;

	for (; own && (*own)[0]; own++)
		if (iv_spells(folded_key, (*own)[0]))
			return (*own)[1];
	return NULL;
}

enum iv_type iv_type_of_own(const struct iv_syntax *syntax, struct iv_str word)
{
	const char *const(*own)[2] = syntax->type_aliases;
	struct iv_str name = link_name(word);

	for (; own && (*own)[0]; own++) {
		if (iv_str_eq_nocase(name, link_name(iv_str_of((*own)[0]))))
			return known_type(iv_str_of((*own)[1]));
	}
	return IV_TYPE_NONE;
}

enum iv_type iv_type_of(const struct iv_syntax *syntax, struct iv_str word)
{
	enum iv_type type = iv_type_of_own(syntax, word);

	return type == IV_TYPE_NONE ? known_type(word) : type;
}

enum iv_type iv_type_linked(const struct iv_syntax *syntax, struct iv_str word)
{
	return iv_type_of(syntax, link_name(word));
}

/* The nearest word of one type: two words for one type are no choice. */
static void offer_type(struct iv_meant *meant, const struct iv_syntax *syntax, enum iv_type type)
{
	const char *const(*own)[2] = syntax->type_aliases;
	struct iv_meant nearest = {.word = meant->word};
	size_t i;

	for (i = 0; i < TYPE_WORDS; i++)
		if (type_words[i].type == type)
			iv_meant_offer(&nearest, iv_str_of(type_words[i].word));
	for (; own && (*own)[0]; own++)
		if (iv_str_is(iv_str_of((*own)[1]), iv_type_word(type)))
			iv_meant_offer(&nearest, iv_str_of((*own)[0]));
	if (nearest.count)
		iv_meant_offer(meant, nearest.found[0]);
}

struct iv_meant iv_type_meant(const struct iv_syntax *syntax, struct iv_str word)
{
	struct iv_meant meant = {.word = word};

	offer_type(&meant, syntax, IV_TYPE_CONTACT);
	offer_type(&meant, syntax, IV_TYPE_MEETING);
	offer_type(&meant, syntax, IV_TYPE_ORGANIZATION);
	return meant;
}
