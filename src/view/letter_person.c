/* How a letter speaks to somebody: their name or title, and a purpose that they may read. */
#include <string.h>

#include "view/letter_parts.h"
#include "view/letter_words.h"

static const char *const titles[] = {
	"Mr.",   "Mrs.", "Ms.",    "Mx.",  "Dr.",  "Prof.",     "Mr",     "Mrs",    "Ms",
	"Mx",    "Dr",   "Prof",   "Miss", "Sir",  "Professor", "Dame",   "Madam",  "Doctor",
	"Judge", "Rev.", "Father", "Lady", "Lord", "Rabbi",     "Pastor", "Sister", NULL};

static bool has_title(struct iv_str name)
{
	struct iv_str rest, word = iv_str_word(name, &rest);

	for (size_t i = 0; titles[i] && rest.len; i++)
		if (iv_str_is(word, titles[i]))
			return true;
	return false;
}

bool iv_letter_is_near(const struct iv_note *note)
{
	enum iv_relation kind = note->contact->relation_kind;

	return kind == IV_RELATION_FRIEND || kind == IV_RELATION_FAMILY;
}

/* The first name of a friend, where the name is of a script that puts it first. */
static struct iv_str first_name(struct iv_str name)
{
	struct iv_str rest, word = iv_str_word(name, &rest);

	for (size_t i = 0; i < word.len; i++)
		if ((unsigned char)word.ptr[i] >= 0xcc)
			return name;
	return rest.len && !has_title(name) && !iv_str_ends(word, ".") ? word : name;
}

struct iv_str iv_letter_greeting(struct iv_arena *arena, const struct iv_note *note)
{
	struct iv_str name = iv_words_name(arena, note->name);

	for (size_t i = 0; i < note->alias_count; i++)
		if (has_title(note->aliases[i].text))
			return iv_words_name(arena, note->aliases[i].text);
	return iv_letter_is_near(note) ? first_name(name) : name;
}

/* Words for people who are not spoken to in a letter: a purpose with them is for me alone. */
static bool is_about_them(struct iv_str text)
{
	static const char *const words[] = {"he",   "she",  "him",        "her",   "his",    "hers",
					    "they", "them", "themselves", "their", "theirs", NULL};
	struct iv_str rest = text;

	while (rest.len) {
		struct iv_str word = iv_str_word(rest, &rest);

		while (word.len && strchr(",.;:!?)'\"", word.ptr[word.len - 1]))
			word.len--;
		for (size_t i = 0; words[i]; i++)
			if (iv_str_is_nocase(word, words[i]))
				return true;
	}
	return false;
}

struct iv_str iv_letter_learn(struct iv_str purpose)
{
	static const char *const starts[] = {"whether", "how",  "what",  "which",
					     "why",     "when", "where", NULL};
	struct iv_str rest, word = iv_str_word(purpose, &rest);

	for (size_t i = 0; starts[i]; i++)
		if (iv_str_is_nocase(word, starts[i]) && rest.len && !is_about_them(rest) &&
		    iv_str_find_char(rest, '?') == SIZE_MAX)
			return purpose;
	return IV_LIT("");
}
