/*
 * libyaml's marks -> places in the file. Its marks count characters, and NEL, LS and PS as line
 * ends; editors count bytes and know \n, \r\n and \r only.
 */
#ifndef IV_YAML_PLACE_H
#define IV_YAML_PLACE_H

#include <yaml.h>

#include "base/str.h"

/* Runs along the bytes as marks come in; cheap for marks in rising order, right for any. */
struct iv_place {
	struct iv_str bytes;
	uint32_t first_line;
	bool ascii; /* marks are right as they are, but at the very end */
	size_t index, offset, line_start;
	uint32_t line;
};

void iv_place_init(struct iv_place *place, struct iv_str bytes, uint32_t first_line);
/* The byte offset of a mark, and in *pos, if wanted, its line and column. */
size_t iv_place_of(struct iv_place *place, struct iv_pos *pos, const yaml_mark_t *mark);
/* Line and column of a byte offset. Walks from the start: for errors. */
struct iv_pos iv_place_at(const struct iv_place *place, size_t offset);

#endif
