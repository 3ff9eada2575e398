/*
 * The bank of questions to bring to a meeting: data in questions.md, and what a person adds to it.
 * A line each: `## topic`, and below it `- question`.
 */
#ifndef IV_NOTE_BANK_H
#define IV_NOTE_BANK_H

#include "base/str.h"

/* What it is about: a topic by its id, or whatever else the heading says. */
struct iv_bank_item {
	struct iv_str topic, text;
};

struct iv_bank {
	struct iv_bank_item *items;
	size_t count, capacity;
};

/* Adds what the text has; slices point into it. Headings may be ids or labels of topics. */
void iv_bank_add(struct iv_bank *bank, struct iv_str text);
/* Adds those that ivnotes brings. */
void iv_bank_add_ours(struct iv_bank *bank);
void iv_bank_release(struct iv_bank *bank);

/*
 * The topics that have an id, in the order in which one asks; NULL behind the last, which is whom
 * else to ask. Those of rule thin-questions have its ids.
 */
const char *iv_bank_topic(size_t index);
/* "how they started" for 'start'; NULL for a topic that is not ours. */
const char *iv_bank_label(struct iv_str topic);

#endif
