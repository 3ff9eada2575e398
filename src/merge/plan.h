/*
 * What becomes of each field, by its value in the three versions. The bytes are made by it
 * (front.h), and what they say is held to it (proof.h).
 */
#ifndef IV_MERGE_PLAN_H
#define IV_MERGE_PLAN_H

#include "merge/version.h"

enum iv_fate {
	IV_FATE_OURS,    /* the value that ours has; theirs changed nothing, or the same */
	IV_FATE_THEIRS,  /* the value that theirs has, or its absence */
	IV_FATE_LIST,    /* the items of `slots` */
	IV_FATE_CONFLICT /* both, each on its side */
};

/* An item of a merged list. */
struct iv_slot {
	const struct iv_value *items[IV_VERSIONS]; /* NULL in a version that does not have it */
	size_t at[IV_VERSIONS];                    /* its number in the field's value */
	bool conflict;
	int from; /* without conflict: the version to take it from */
};

struct iv_plan {
	struct iv_str name;
	const struct iv_field *fields[IV_VERSIONS]; /* NULL where the key is not there */
	enum iv_fate fate;
	struct iv_slot *slots;
	size_t count;
};

struct iv_plans {
	struct iv_plan *items;
	size_t count, capacity;
	struct iv_arena *arena;
};

/* One for each field of any version. */
void iv_plans_init(struct iv_plans *out, const struct iv_versions *versions);
void iv_plans_release(struct iv_plans *plans);
/* The plan for the field of that version; NULL for none. */
struct iv_plan *iv_plan_of(const struct iv_plans *plans, int version, const struct iv_field *field);

/* Equal in what they say: a blank value is as good as none. NULL: the key is not there. */
bool iv_says_same(const struct iv_field *a, const struct iv_field *b);
/* The items of a field but blank ones and `none`; from `at` on the next, or NULL. */
const struct iv_value *iv_next_item(const struct iv_field *field, size_t *at);

#endif
