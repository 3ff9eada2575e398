#include "note/bank.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "base/mem.h"

static const struct {
	const char *id, *label;
} topics[] = {
	{"start", "how they started"},
	{"workload", "the day"},
	{"qualifications", "skills"},
	{"challenges", "what is hard"},
	{"lifestyle", "the life beside it"},
	{"paths", "the path"},
	{"field", "the field"},
	{"company", "the company"},
	{"advice", "advice"},
	{"goals", "their goals"},
	{"who-else", "who else"},
};

#define TOPICS (sizeof(topics) / sizeof(*topics))

const char *iv_bank_topic(size_t index)
{
	return index < TOPICS ? topics[index].id : NULL;
}

const char *iv_bank_label(struct iv_str topic)
{
	for (size_t i = 0; i < TOPICS; i++)
		if (iv_str_is(topic, topics[i].id))
			return topics[i].label;
	return NULL;
}

/* The id of a topic by its id or label, else the text itself. */
static struct iv_str topic_of(struct iv_str text)
{
	for (size_t i = 0; i < TOPICS; i++)
		if (iv_str_is_nocase(text, topics[i].id) || iv_str_is_nocase(text, topics[i].label))
			return iv_str_of(topics[i].id);
	return text;
}

/* The length of a list's mark with the space behind it, or 0. */
static size_t mark_of(struct iv_str line)
{
	size_t at = 0;

	while (at < line.len && iv_is_digit(line.ptr[at]))
		at++;
	if (at + 1 < line.len && line.ptr[at + 1] == ' ' &&
	    (at ? line.ptr[at] == '.' || line.ptr[at] == ')'
		: line.ptr[0] == '-' || line.ptr[0] == '*' || line.ptr[0] == '+'))
		return at + 2;
	return 0;
}

static struct iv_str heading_of(struct iv_str line)
{
	size_t at = 0;

	while (at < line.len && line.ptr[at] == '#')
		at++;
	return iv_str_trim(iv_str_slice(line, at, line.len));
}

void iv_bank_add(struct iv_bank *bank, struct iv_str text)
{
	struct iv_str line, topic = {"", 0};

	text = iv_str_without_bom(text);
	while (iv_str_line(&line, &text)) {
		size_t mark = mark_of(line);
		struct iv_str question = iv_str_trim(iv_str_slice(line, mark, line.len));

		if (iv_str_starts(line, "#"))
			topic = topic_of(heading_of(line));
		if (!mark || !question.len)
			continue;
		IV_GROW(bank->items, bank->count, bank->capacity);
		bank->items[bank->count++] = (struct iv_bank_item){topic, question};
	}
}

void iv_bank_add_ours(struct iv_bank *bank)
{
	iv_bank_add(bank, iv_str_of(iv_embedded_text("note/questions.md")));
}

void iv_bank_release(struct iv_bank *bank)
{
	free(bank->items);
	*bank = (struct iv_bank){0};
}
