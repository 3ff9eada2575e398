#include "view/gone.h"

#include <string.h>

#include "base/date.h"
#include "base/shell.h"
#include "base/utf8.h"
#include "view/log.h"
#include "view/log_json.h"
#include "view/markdown.h"
#include "view/style.h"

/* As much of an id as a person reads; the whole one is in the JSON forms. */
#define ID_DIGITS 10

/* "removed 2 Dec 2026 in 3f2c1a9d02: Tidy up" */
static void add_when(struct iv_buf *out, const struct iv_past_commit *commit)
{
	if (!commit) {
		iv_buf_puts(out, "removed, and not committed yet");
		return;
	}
	iv_buf_puts(out, "removed ");
	iv_log_day(out, commit->day, IV_NO_DAY);
	iv_buf_printf(out, " in %.*s: %s", ID_DIGITS, commit->id, commit->subject);
}

static void add_name(struct iv_buf *out, const struct iv_gone_note *gone)
{
	iv_buf_puts(out, gone->path);
	if (*gone->name && strcmp(gone->name, gone->word) != 0)
		iv_buf_printf(out, " (%s)", gone->name);
}

static void add_restore(struct iv_buf *out, const struct iv_gone_note *gone)
{
	struct iv_arena *arena = iv_arena_new();

	iv_buf_printf(out, "ivnotes restore %s", iv_shell_operand(arena, iv_str_of(gone->word)));
	iv_arena_free(arena);
}

void iv_gone_text(const struct iv_view *view, const struct iv_gone_note *gone, size_t count)
{
	struct iv_buf out = IV_BUF_INIT, text = IV_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		iv_buf_clear(&text);
		add_name(&text, &gone[i]);
		iv_style_text(&out, view->color, IV_STYLE_STRONG, iv_buf_view(&text));
		iv_buf_puts(&out, "\n  ");
		iv_buf_clear(&text);
		add_when(&text, gone[i].commit);
		iv_buf_visible(&out, iv_buf_view(&text), true);
		iv_buf_puts(&out, "\n  to bring it back: ");
		iv_buf_clear(&text);
		add_restore(&text, &gone[i]);
		iv_buf_visible(&out, iv_buf_view(&text), true);
		iv_buf_putc(&out, '\n');
		iv_view_drain(view, &out);
	}
	iv_view_flush(view, &out);
	iv_buf_release(&text);
	iv_buf_release(&out);
}

void iv_gone_markdown(const struct iv_view *view, const struct iv_gone_note *gone, size_t count)
{
	struct iv_buf out = IV_BUF_INIT, text = IV_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		iv_buf_clear(&text);
		add_name(&text, &gone[i]);
		iv_buf_puts(&text, ", ");
		add_when(&text, gone[i].commit);
		iv_buf_puts(&out, "- ");
		iv_markdown_text(&out, iv_buf_view(&text));
		iv_buf_putc(&out, '\n');
		iv_view_drain(view, &out);
	}
	iv_view_flush(view, &out);
	iv_buf_release(&text);
	iv_buf_release(&out);
}

/* ---- JSON ---- */

static json_t *object_of(const struct iv_gone_note *gone, bool versioned)
{
	json_t *object = iv_json_object(versioned);

	json_object_set_new(object, "path", iv_json_text(gone->path));
	json_object_set_new(object, "name", iv_json_text(gone->name));
	json_object_set_new(object, "day",
			    iv_json_day(gone->commit ? gone->commit->day : IV_NO_DAY));
	json_object_set_new(object, "restore", iv_json_text(gone->word));
	json_object_set_new(object, "commit", iv_log_commit(gone->commit));
	return object;
}

void iv_gone_json(const struct iv_view *view, const struct iv_gone_note *gone, size_t count)
{
	struct iv_buf out = IV_BUF_INIT;

	iv_buf_printf(&out, "{\"version\":%d,\"deleted\":[", IV_VIEW_SCHEMA);
	for (size_t i = 0; i < count; i++) {
		iv_buf_puts(&out, i ? ",\n" : "\n");
		iv_json_add(&out, object_of(&gone[i], false));
	}
	iv_buf_puts(&out, count ? "\n]}\n" : "]}\n");
	iv_view_flush(view, &out);
	iv_buf_release(&out);
}

void iv_gone_jsonl(const struct iv_view *view, const struct iv_gone_note *gone, size_t count)
{
	struct iv_buf out = IV_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		iv_json_add(&out, object_of(&gone[i], true));
		iv_buf_putc(&out, '\n');
	}
	iv_view_flush(view, &out);
	iv_buf_release(&out);
}
