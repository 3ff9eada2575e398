/* What the parser read of a note, as JSON. */
#include <stdio.h>
#include <stdlib.h>

#include <ivnotes/view.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/jsontext.h"
#include "view/note.h"

/* The note's lines, for columns in code points. */
struct lines {
	struct iv_str *items;
	size_t count, capacity;
};

static struct lines split(struct iv_str bytes)
{
	struct lines lines = {0};
	struct iv_str line;
	while (iv_str_line(&line, &bytes)) {
		IV_GROW(lines.items, lines.count, lines.capacity);
		lines.items[lines.count++] = line;
	}
	return lines;
}

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

/* An enum's word; null for none. */
static json_t *word(const char *text)
{
	return *text ? iv_json_text(text) : json_null();
}

static json_t *place(const struct lines *lines, struct iv_pos pos)
{
	json_t *object = json_object();
	size_t column = pos.column;
	if (pos.line && pos.line <= lines->count && column) {
		struct iv_str line = lines->items[pos.line - 1];
		size_t bytes = column - 1 < line.len ? column - 1 : line.len;
		column = iv_utf8_count(line, bytes) + 1;
	}
	set(object, "line", iv_json_number(pos.line, 0));
	set(object, "column", iv_json_number(column, 0));
	return object;
}

/* ---- fields ---- */

static json_t *value_json(const struct iv_value *value)
{
	if (value->kind == IV_VALUE_SCALAR)
		return iv_json_str(value->text);
	json_t *out = value->kind == IV_VALUE_MAP ? json_object() : json_array();
	for (size_t i = 0; i < value->count; i++) {
		json_t *item = value_json(&value->items[i]);
		if (value->kind == IV_VALUE_LIST) {
			json_array_append_new(out, item);
			continue;
		}
		json_t *key = iv_json_str(value->items[i].key);
		json_object_set_new(out, json_is_string(key) ? json_string_value(key) : "", item);
		json_decref(key);
	}
	return out;
}

static json_t *fields_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->field_count; i++) {
		const struct iv_field *field = &note->fields[i];
		json_t *item = place(lines, field->pos);
		set(item, "name", iv_json_str(field->name));
		set(item, "key", iv_json_str(field->key));
		set(item, "known", json_boolean(field->known));
		set(item, "value", value_json(&field->value));
		json_array_append_new(out, item);
	}
	return out;
}

/* ---- what the fields and the body mean ---- */

static json_t *records_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->record_count; i++) {
		const struct iv_record *record = &note->records[i];
		json_t *item = place(lines, record->pos);
		set(item, "field", iv_json_text(record->field));
		set(item, "day", iv_json_day(record->day));
		set(item, "channel", word(iv_channel_word(record->channel)));
		set(item, "minutes", iv_json_number(record->minutes, -1));
		set(item, "outcome", word(iv_outcome_word(record->outcome)));
		set(item, "answered", iv_json_day(record->outcome_day));
		set(item, "later", iv_json_day(record->later_day));
		set(item, "skipped", json_boolean(record->skipped));
		set(item, "text", iv_json_str(record->text));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *refs_json(const struct iv_note *note, const struct lines *lines)
{
	static const char *const forms[] = {
		[IV_REF_BARE] = "bare",
		[IV_REF_WIKI] = "wiki",
		[IV_REF_LINK] = "link",
		[IV_REF_WORDS] = "words",
	};
	json_t *out = json_array();
	for (size_t i = 0; i < note->ref_count; i++) {
		const struct iv_ref *ref = &note->refs[i];
		json_t *item = place(lines, ref->pos);
		set(item, "field", iv_json_text(ref->field));
		set(item, "form", iv_json_text(forms[ref->form]));
		set(item, "text", iv_json_str(ref->text));
		set(item, "key", iv_json_str(ref->key));
		set(item, "record", iv_json_number(ref->record, -1));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *tasks_json(const struct iv_note *note, const struct lines *lines)
{
	static const char *const states[] = {
		[IV_TASK_OPEN] = "open",
		[IV_TASK_DONE] = "done",
		[IV_TASK_CANCELLED] = "cancelled",
	};
	json_t *out = json_array();
	for (size_t i = 0; i < note->task_count; i++) {
		const struct iv_task *task = &note->tasks[i];
		json_t *item = place(lines, task->pos);
		set(item, "state", iv_json_text(states[task->state]));
		set(item, "due", iv_json_day(task->due));
		set(item, "waiting", json_boolean(task->waiting));
		set(item, "section", iv_json_text(task->section));
		set(item, "text", iv_json_str(task->text));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *questions_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->question_count; i++) {
		json_t *item = place(lines, note->questions[i].pos);
		set(item, "text", iv_json_str(note->questions[i].text));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *leads_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->lead_count; i++) {
		json_t *item = place(lines, note->leads[i].pos);
		set(item, "text", iv_json_str(note->leads[i].text));
		set(item, "reported", iv_json_day(note->leads[i].reported));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *sections_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->section_count; i++) {
		json_t *item = place(lines, note->sections[i].pos);
		set(item, "name", iv_json_text(note->sections[i].name));
		set(item, "words", json_integer(note->sections[i].words));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *problems_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->problem_count; i++) {
		json_t *item = place(lines, note->problems[i].pos);
		set(item, "rule", iv_json_text(note->problems[i].rule));
		set(item, "message", iv_json_str(note->problems[i].message));
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *ignores_json(const struct iv_note *note, const struct lines *lines)
{
	json_t *out = json_array();
	for (size_t i = 0; i < note->ignore_count; i++) {
		json_t *item = place(lines, note->ignores[i].pos);
		set(item, "rule", iv_json_str(note->ignores[i].rule));
		set(item, "first", iv_json_number(note->ignores[i].first_line, 0));
		set(item, "last", iv_json_number(note->ignores[i].last_line, 0));
		json_array_append_new(out, item);
	}
	return out;
}

/* ---- what only a meeting has ---- */

static json_t *time_json(int minute)
{
	char text[32];
	if (minute < 0)
		return json_null();
	snprintf(text, sizeof(text), "%02d:%02d", minute / 60, minute % 60);
	return json_string(text);
}

/* Minutes, or true for 'they extended it, and nobody looked at the clock'. */
static json_t *extended_json(int minutes)
{
	return minutes == -2 ? json_true() : iv_json_number(minutes, -1);
}

static json_t *meeting_json(const struct iv_meeting *meeting)
{
	static const char *const planned_by[] = {
		[IV_PLANNED_BY_ME] = "me",
		[IV_PLANNED_BY_THEM] = "them",
		[IV_PLANNED_MEAL] = "meal",
	};
	if (!meeting)
		return json_null();
	json_t *out = json_object();
	set(out, "day", iv_json_day(meeting->date.day));
	set(out, "time", time_json(meeting->minute));
	set(out, "kind", word(iv_kind_word(meeting->kind)));
	set(out, "via", word(iv_channel_word(meeting->via)));
	set(out, "state", word(iv_state_word(meeting->state)));
	set(out, "planned", iv_json_number(meeting->planned, -1));
	set(out, "planned_by", iv_json_text(planned_by[meeting->planned_by]));
	set(out, "actual", iv_json_number(meeting->actual, -1));
	set(out, "extended", extended_json(meeting->extended));
	set(out, "spoke", iv_json_number(meeting->spoke, -1));
	set(out, "rating", iv_json_number(meeting->rating, 0));
	set(out, "prose", json_boolean(meeting->prose));
	set(out, "evidence", json_boolean(meeting->evidence));
	return out;
}

void iv_view_note_json(struct iv_buf *out, const struct iv_note *note, struct iv_str bytes)
{
	struct lines lines = split(bytes);
	json_t *object = json_object();
	set(object, "version", json_integer(IV_VIEW_SCHEMA));
	set(object, "path", iv_json_str(note->path));
	set(object, "id", iv_json_str(note->id));
	set(object, "type", word(iv_type_word(note->type)));
	set(object, "name", iv_json_str(note->name));
	set(object, "created", iv_json_day(note->created.day));
	set(object, "fields", fields_json(note, &lines));
	set(object, "meeting", meeting_json(note->meeting));
	set(object, "records", records_json(note, &lines));
	set(object, "references", refs_json(note, &lines));
	set(object, "tasks", tasks_json(note, &lines));
	set(object, "questions", questions_json(note, &lines));
	set(object, "leads", leads_json(note, &lines));
	set(object, "sections", sections_json(note, &lines));
	set(object, "problems", problems_json(note, &lines));
	set(object, "ignores", ignores_json(note, &lines));
	iv_json_add(out, object);
	free(lines.items);
}
