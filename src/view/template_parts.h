/* The parts of a template: texts as they stand, fields and sections, in order. */
#ifndef IV_VIEW_TEMPLATE_PARTS_H
#define IV_VIEW_TEMPLATE_PARTS_H

#include "base/str.h"

enum iv_part_kind { IV_PART_TEXT, IV_PART_FIELD, IV_PART_SECTION, IV_PART_INVERTED };

struct iv_part {
	enum iv_part_kind kind;
	struct iv_str text; /* as it stands, or the name; a slice of the template */
	struct iv_pos pos;  /* of the tag */
	size_t end;         /* of a section: the index behind its last part */
};

struct iv_parts {
	struct iv_part *items;
	size_t count, capacity;
};

/*
 * Reads a template, `text` outlives the parts. Sections nest as they should, and lines of tags alone are gone.
 * IV_EINPUT and IV_ELIMIT with error->pos; `error` is not NULL. Release them in any case.
 */
int iv_parts_read(struct iv_parts *out, struct iv_str text, struct iv_error *error);
void iv_parts_release(struct iv_parts *parts);

/* A name as messages show it: not the whole of a long one. */
struct iv_str iv_part_shown(struct iv_str name);

#endif
