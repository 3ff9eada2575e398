/* Notes that are gone, and how to bring them back. */
#ifndef IV_VIEW_GONE_H
#define IV_VIEW_GONE_H

#include <ivnotes/history.h>
#include <ivnotes/view.h>

struct iv_gone_note {
	const char *path, *name;
	const char *word;                    /* that `ivnotes restore` takes for it */
	const struct iv_past_commit *commit; /* that removed it; NULL: none has yet */
};

void iv_gone_text(const struct iv_view *view, const struct iv_gone_note *gone, size_t count);
void iv_gone_markdown(const struct iv_view *view, const struct iv_gone_note *gone, size_t count);
void iv_gone_json(const struct iv_view *view, const struct iv_gone_note *gone, size_t count);
void iv_gone_jsonl(const struct iv_view *view, const struct iv_gone_note *gone, size_t count);

#endif
