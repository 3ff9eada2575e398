#include "view/style.h"

#include "base/utf8.h"

#define DRAIN_AT ((size_t)64 << 10)

void iv_style_text(struct iv_buf *buf, bool color, enum iv_style style, struct iv_str text)
{
	static const char *const codes[] = {
		[IV_STYLE_PLAIN] = "",     [IV_STYLE_STRONG] = "1",     [IV_STYLE_FAINT] = "2",
		[IV_STYLE_ERROR] = "1;31", [IV_STYLE_WARNING] = "1;33", [IV_STYLE_INFO] = "36",
		[IV_STYLE_ADDED] = "32",   [IV_STYLE_REMOVED] = "31",
	};
	bool dressed = color && style != IV_STYLE_PLAIN;
	if (dressed)
		iv_buf_printf(buf, "\033[%sm", codes[style]);
	iv_buf_visible(buf, text, true);
	if (dressed)
		iv_buf_puts(buf, "\033[m");
}

enum iv_style iv_style_of(enum iv_severity severity)
{
	switch (severity) {
	case IV_INFO: return IV_STYLE_INFO;
	case IV_WARNING: return IV_STYLE_WARNING;
	case IV_ERROR: return IV_STYLE_ERROR;
	}
	return IV_STYLE_PLAIN;
}

const char *iv_severity_word(enum iv_severity severity)
{
	switch (severity) {
	case IV_INFO: return "info";
	case IV_WARNING: return "warning";
	case IV_ERROR: return "error";
	}
	return "";
}

const char *iv_rule_kind_word(enum iv_rule_kind kind)
{
	switch (kind) {
	case IV_RULE_OWED: return "owed";
	case IV_RULE_UNWISE: return "unwise";
	case IV_RULE_BROKEN: return "broken";
	}
	return "";
}

const char *iv_when_word(enum iv_when when)
{
	switch (when) {
	case IV_UPCOMING: return "upcoming";
	case IV_DUE: return "due";
	case IV_OVERDUE: return "overdue";
	case IV_UNDATED: return "undated";
	case IV_OVER: return "over";
	}
	return "";
}

void iv_view_flush(const struct iv_view *view, struct iv_buf *buf)
{
	if (buf->len)
		view->write(view->data, buf->ptr, buf->len);
	iv_buf_clear(buf);
}

void iv_view_drain(const struct iv_view *view, struct iv_buf *buf)
{
	if (buf->len >= DRAIN_AT)
		iv_view_flush(view, buf);
}
