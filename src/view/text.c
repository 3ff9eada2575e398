/* Findings as lines that editors know how to jump to. */
#include <stdlib.h>

#include "view/style.h"

static void add_place(struct iv_buf *buf, const struct iv_view *view, const struct iv_finding *f)
{
	struct iv_buf place = IV_BUF_INIT;
	char *relative = view->relative ? view->relative(view->data, f->path) : NULL;
	iv_buf_printf(&place, "%s:%u:%u:", relative ? relative : f->path,
		      f->pos.line ? (unsigned)f->pos.line : 1,
		      f->pos.column ? (unsigned)f->pos.column : 1);
	iv_style_text(buf, view->color, IV_STYLE_STRONG, iv_buf_view(&place));
	free(relative);
	iv_buf_release(&place);
}

void iv_view_text(const struct iv_view *view, const struct iv_finding *findings, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	for (size_t i = 0; i < count; i++) {
		const struct iv_finding *f = &findings[i];
		add_place(&buf, view, f);
		iv_buf_putc(&buf, ' ');
		iv_style_text(&buf, view->color, iv_style_of(f->severity),
			      iv_str_of(iv_severity_word(f->severity)));
		iv_buf_puts(&buf, ": ");
		iv_style_text(&buf, false, IV_STYLE_PLAIN, iv_str_of(f->message));
		iv_buf_puts(&buf, f->hint ? "; " : "");
		iv_style_text(&buf, false, IV_STYLE_PLAIN, iv_str_of(f->hint));
		iv_buf_puts(&buf, " [");
		iv_style_text(&buf, view->color, IV_STYLE_FAINT, iv_str_of(f->rule->id));
		iv_buf_puts(&buf, "]\n");
		iv_view_drain(view, &buf);
	}
	iv_view_flush(view, &buf);
	iv_buf_release(&buf);
}
