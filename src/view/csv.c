#include "view/csv.h"

#include <string.h>

#include "base/utf8.h"

void iv_csv_cell(struct iv_buf *out, struct iv_str text)
{
	struct iv_buf shown = IV_BUF_INIT;

	iv_buf_visible(&shown, text, true);
	if (!shown.len || !strpbrk(shown.ptr, ",\"")) {
		iv_buf_str(out, iv_buf_view(&shown));
	} else {
		iv_buf_putc(out, '"');
		for (size_t i = 0; i < shown.len; i++) {
			if (shown.ptr[i] == '"')
				iv_buf_putc(out, '"');
			iv_buf_putc(out, shown.ptr[i]);
		}
		iv_buf_putc(out, '"');
	}
	iv_buf_release(&shown);
}
