/* What the tests of merges share: a merge with the usual labels, and either side of what comes out. */
#ifndef MERGE_TEST_H
#define MERGE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <ivnotes/merge.h>
#include <ivnotes/vcs.h>

#include "base/mem.h"
#include "base/str.h"

#define NOTE_PATH IV_LIT("contacts/jane.md")

static const struct iv_merge_how plain_how = {.lines = iv_lines_merge};

static inline struct iv_merged merged_of(struct iv_str base, struct iv_str ours,
					 struct iv_str theirs)
{
	struct iv_merged out;

	iv_merge(&out, NOTE_PATH, base, ours, theirs, &plain_how);
	return out;
}

static inline struct iv_str bytes_of(const struct iv_merged *merged)
{
	return (struct iv_str){merged->bytes, merged->len};
}

/* The lines without the markers and the other side's. */
static inline void take_side(struct iv_buf *out, struct iv_str marked, bool ours)
{
	bool inside = false, first = false;

	iv_buf_puts(out, "");
	while (marked.len) {
		size_t end = iv_str_find_char(marked, '\n');
		struct iv_str line = iv_str_slice(marked, 0, end == SIZE_MAX ? end : end + 1);
		struct iv_str text = iv_str_trim(line);

		marked = iv_str_slice(marked, line.len, marked.len);
		if (!inside && iv_str_is(text, "<<<<<<< ours"))
			inside = first = true;
		else if (inside && first && iv_str_is(text, "======="))
			first = false;
		else if (inside && iv_str_is(text, ">>>>>>> theirs"))
			inside = false;
		else if (!inside || first == ours)
			iv_buf_str(out, line);
	}
}

#endif
