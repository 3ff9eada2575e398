/* Findings as JSON: one object, or one a line. */
#include "view/columns.h"
#include "view/jsontext.h"
#include "view/style.h"

static json_t *person(const struct iv_finding *f)
{
	if (!f->who)
		return json_null();
	return json_pack("{s:o, s:o}", "name", iv_json_text(f->who), "path",
			 iv_json_text(f->who_path));
}

static void set(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, iv_json_text(text));
}

/* Lines and columns count from 1; null says that it is about the whole note. */
static void set_place(json_t *object, const char *key, uint32_t number)
{
	json_object_set_new(object, key, iv_json_number(number, 0));
}

static void add_finding(json_t *o, const struct iv_view *view, const struct iv_finding *f)
{
	int late = f->when == IV_OVERDUE ? (int)(view->today - f->due) : 0;
	set(o, "rule", f->rule->id);
	set(o, "kind", iv_rule_kind_word(f->rule->kind));
	set(o, "severity", iv_severity_word(f->severity));
	set(o, "when", iv_when_word(f->when));
	set(o, "path", f->path);
	set_place(o, "line", f->pos.line);
	set_place(o, "column", iv_view_column(view, f));
	set(o, "message", f->message);
	if (f->hint)
		set(o, "hint", f->hint);
	set(o, "note", f->note_name);
	json_object_set_new(o, "who", person(f));
	json_object_set_new(o, "since", iv_json_day(f->since));
	json_object_set_new(o, "due", iv_json_day(f->due));
	json_object_set_new(o, "until", iv_json_day(f->until));
	json_object_set_new(o, "late", json_integer(late));
}

static void add_days(struct iv_buf *buf, const struct iv_view *view)
{
	const char *const names[] = {"today", "from", "to"};
	const iv_day days[] = {view->today, view->from, view->to};
	for (size_t i = 0; i < 3; i++) {
		if (days[i] == IV_NO_DAY)
			continue;
		iv_buf_printf(buf, ",\"%s\":", names[i]);
		iv_json_add(buf, iv_json_day(days[i]));
	}
}

void iv_view_json(const struct iv_view *view, const struct iv_finding *findings, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	iv_buf_printf(&buf, "{\"version\":%d", IV_VIEW_SCHEMA);
	add_days(&buf, view);
	iv_buf_puts(&buf, ",\"findings\":[");
	for (size_t i = 0; i < count; i++) {
		iv_buf_puts(&buf, i ? ",\n" : "\n");
		json_t *object = json_object();
		add_finding(object, view, &findings[i]);
		iv_json_add(&buf, object);
		iv_view_drain(view, &buf);
	}
	iv_buf_puts(&buf, count ? "\n]}\n" : "]}\n");
	iv_view_flush(view, &buf);
	iv_buf_release(&buf);
}

void iv_view_jsonl(const struct iv_view *view, const struct iv_finding *findings, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	for (size_t i = 0; i < count; i++) {
		json_t *line = iv_json_object(true);
		add_finding(line, view, &findings[i]);
		iv_json_add(&buf, line);
		iv_buf_putc(&buf, '\n');
		iv_view_drain(view, &buf);
	}
	iv_view_flush(view, &buf);
	iv_buf_release(&buf);
}
