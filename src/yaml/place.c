#include "yaml/place.h"

#include "base/utf8.h"

static void rewind_place(struct iv_place *place)
{
	place->index = place->offset = place->line_start = 0;
	place->line = place->first_line;
}

void iv_place_init(struct iv_place *place, struct iv_str bytes, uint32_t first_line)
{
	place->bytes = bytes;
	place->first_line = first_line;
	/* A stray byte counts as one, too, but ends libyaml's marks. */
	place->ascii = iv_utf8_count(bytes, bytes.len) == bytes.len;
	rewind_place(place);
}

/* From the first byte alone: libyaml has found the characters it counts to be whole. */
static size_t char_length(unsigned char first)
{
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* Over one character; CR LF ends its line with LF. */
static void step(struct iv_place *place)
{
	struct iv_str bytes = place->bytes;
	char c = bytes.ptr[place->offset];

	place->offset += char_length((unsigned char)c);
	place->index++;
	if (place->offset > bytes.len)
		place->offset = bytes.len;
	if (c == '\n' ||
	    (c == '\r' && (place->offset == bytes.len || bytes.ptr[place->offset] != '\n'))) {
		place->line++;
		place->line_start = place->offset;
	}
}

static struct iv_pos pos_of(const struct iv_place *place)
{
	return (struct iv_pos){place->line, (uint32_t)(place->offset - place->line_start) + 1};
}

size_t iv_place_of(struct iv_place *place, struct iv_pos *pos, const yaml_mark_t *mark)
{
	/* At the end libyaml makes up a line of its own. */
	if (place->ascii && mark->index < place->bytes.len) {
		if (pos)
			*pos = (struct iv_pos){place->first_line + (uint32_t)mark->line,
					       (uint32_t)mark->column + 1};
		return mark->index;
	}
	if (mark->index < place->index)
		rewind_place(place);
	while (place->index < mark->index && place->offset < place->bytes.len)
		step(place);
	if (pos)
		*pos = pos_of(place);
	return place->offset;
}

struct iv_pos iv_place_at(const struct iv_place *place, size_t offset)
{
	struct iv_place walk = *place;

	rewind_place(&walk);
	while (walk.offset < offset && walk.offset < walk.bytes.len)
		step(&walk);
	return pos_of(&walk);
}
