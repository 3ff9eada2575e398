/* The keys that mean something else than before, because notes came, went or were renamed. */
#ifndef IV_INDEX_SHIFT_H
#define IV_INDEX_SHIFT_H

#include "index/names.h"

struct iv_shift;

int iv_shift_new(struct iv_shift **out, struct iv_db *db, struct iv_error *error);
void iv_shift_free(struct iv_shift *shift);

/* Around the change of one note: what it is called now, and what it was called. */
int iv_shift_before(struct iv_shift *shift, int64_t note, struct iv_error *error);
int iv_shift_after(struct iv_shift *shift, int64_t note, struct iv_error *error);

/* The shifted keys, each once. */
size_t iv_shift_keys(const struct iv_shift *shift, const struct iv_str **out);
bool iv_shift_has(const struct iv_shift *shift, struct iv_str key);
bool iv_shift_has_ids(const struct iv_shift *shift);      /* an id among them */
bool iv_shift_has_contacts(const struct iv_shift *shift); /* a contact's name among them */

#endif
