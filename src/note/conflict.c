#include "note/conflict.h"

#include <string.h>

static bool is_marker(struct iv_str line, const char *marker)
{
	return iv_str_starts(line, marker) && (line.len == 7 || line.ptr[7] == ' ');
}

static bool opens(struct iv_str line)
{
	return line.len > 8 && is_marker(line, "<<<<<<<");
}

bool iv_conflict_suspected(struct iv_str bytes)
{
	return iv_str_find(bytes, IV_LIT("<<<<<<< ")) != SIZE_MAX;
}

static bool is_in(const struct iv_lines *code, size_t count, uint32_t line)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code[middle].last < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code[low].first <= line;
}

void iv_conflict_check(struct iv_reader *reader, const struct iv_lines *code, size_t count)
{
	struct iv_str line, rest = reader->bytes;
	uint32_t number = 0, opened = 0;

	while (iv_str_line(&line, &rest)) {
		number++;
		if (is_in(code, count, number))
			continue;
		if (!opened && opens(line)) {
			opened = number;
		} else if (opened && is_marker(line, ">>>>>>>")) {
			iv_problem(reader, "conflict-marker", (struct iv_pos){opened, 1},
				   "unresolved merge up to line %u; keep one side, or both, and "
				   "remove the marker lines",
				   (unsigned)number);
			opened = 0;
		}
	}
}

struct iv_str iv_conflict_ours(struct iv_reader *reader, struct iv_str header)
{
	struct iv_str line, rest = header;
	struct iv_str ours;
	bool inside = false, keep = true;
	char *out;

	if (!iv_conflict_suspected(header))
		return header;
	ours = iv_arena_str(reader->arena, header);
	while (iv_str_line(&line, &rest)) {
		bool drop = !keep;

		if (opens(line)) {
			inside = drop = true;
		} else if (inside && (is_marker(line, "=======") || is_marker(line, "|||||||"))) {
			keep = false;
			drop = true;
		} else if (inside && is_marker(line, ">>>>>>>")) {
			inside = false;
			keep = drop = true;
		}
		out = (char *)ours.ptr + (line.ptr - header.ptr);
		if (drop && line.len)
			memset(out, ' ', line.len);
	}
	return ours;
}
