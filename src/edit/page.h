/* The body of a note as somebody sees who wants to write into it: its sections, and where they end. */
#ifndef IV_EDIT_PAGE_H
#define IV_EDIT_PAGE_H

#include "edit/edit.h"
#include "note/outline.h"

struct iv_page {
	const struct iv_edit *edit;
	size_t from; /* the offset of the body in the note */
	struct iv_outline outline;
};

/* A section: its heading and, behind its last block, its end, as indices into the outline. */
struct iv_stretch {
	size_t heading, end;
};

/* Release it in either case. IV_EREFUSED for a note that has no sections to us. */
int iv_page_read(struct iv_page *out, const struct iv_edit *edit, struct iv_error *error);
void iv_page_release(struct iv_page *page);

/* The section of that canonical name, by its first heading; false when there is none. */
bool iv_page_find(struct iv_stretch *out, const struct iv_page *page, const char *name);
/* The canonical name as the table has it, or NULL. */
const char *iv_page_name(const char *section);

/* ---- writing ---- */

/* Where a text goes, and what stands around it. */
struct iv_gap {
	size_t at;          /* in the note */
	struct iv_str lead; /* line ends that go before the text */
	struct iv_str tail; /* and behind it */
};

/* Behind a line of the body, with an empty line before and, before a heading, after it. */
struct iv_gap iv_gap_behind(const struct iv_page *page, size_t line, bool blank);

/*
 * Puts `mark` and the text there, and takes it if the section holds it as a block of its own, or
 * in a list, and all that was said before is said still.
 */
int iv_page_put(struct iv_page *page, struct iv_edit *edit, struct iv_gap gap, const char *section,
		struct iv_str text, struct iv_error *error);
/* Makes a section that is not there, with a text in it. */
int iv_page_make(struct iv_page *page, struct iv_edit *edit, const char *section,
		 struct iv_str text, struct iv_error *error);

/* The mark of a list's next item but `more`, as its last one has it: `- `, `  * `, `3. `. */
struct iv_str iv_page_mark(const struct iv_page *page, const struct iv_block *list, unsigned more);
/* Is there an empty line between the last two items? */
bool iv_page_is_loose(const struct iv_page *page, const struct iv_block *list);

#endif
