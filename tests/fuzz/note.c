/*
 * Any bytes make a note: every place in it is one of the file, every text can be read and is
 * UTF-8, and its fields are JSON. The first byte picks the folder, and so the type.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include <ivnotes/note.h>

#include "base/str.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const folders[][2] = {
	{"people", "contact"}, {"talks", "meeting"}, {"places", "company"}, {NULL, NULL}};
static const char *const headings[][2] = {{"questions", "Fragen"}, {NULL, NULL}};
static const char *const aliases[][2] = {{"wer", "contact"}, {NULL, NULL}};
static const struct iv_syntax syntax = {headings, aliases, NULL, folders};

/* Lengths of the file's lines, the longest ends with one more. */
static size_t *lengths;
static size_t line_count;

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static void measure(struct iv_str bytes)
{
	struct iv_str line, rest = bytes;

	lengths = calloc(bytes.len + 2, sizeof(*lengths));
	insist(lengths != NULL);
	for (line_count = 0; iv_str_line(&line, &rest); line_count++)
		lengths[line_count] = line.len;
}

static void check_pos(struct iv_pos pos)
{
	if (!pos.line)
		return;
	insist(pos.column >= 1);
	/* An empty file has a first line; one may follow the last line end. */
	if (pos.line <= line_count)
		insist(pos.column <= lengths[pos.line - 1] + 4);
	else
		insist(pos.line == line_count + 1);
}

static void check_text(struct iv_str text)
{
	insist(text.ptr || !text.len);
	insist(iv_utf8_invalid(text) == SIZE_MAX);
}

static void check_day(iv_day day)
{
	char text[11];

	if (day != IV_NO_DAY)
		iv_day_format(text, day);
}

static void check_refs(const struct iv_note *note)
{
	size_t i;

	for (i = 0; i < note->ref_count; i++) {
		check_pos(note->refs[i].pos);
		check_text(note->refs[i].text);
		check_text(note->refs[i].key);
		insist(note->refs[i].field != NULL);
		insist(note->refs[i].record < (int)note->record_count);
	}
	for (i = 0; i < note->alias_count; i++)
		check_text(note->aliases[i].text);
}

static void check_records(const struct iv_note *note)
{
	size_t i;

	for (i = 0; i < note->record_count; i++) {
		const struct iv_record *record = &note->records[i];

		check_pos(record->pos);
		check_text(record->text);
		check_day(record->day);
		check_day(record->outcome_day);
		check_day(record->later_day);
		insist(!record->skipped || record->day == IV_NO_DAY);
	}
	for (i = 0; i < note->lead_count; i++) {
		check_pos(note->leads[i].pos);
		check_text(note->leads[i].text);
	}
}

static void check_body(const struct iv_note *note)
{
	size_t i;

	for (i = 0; i < note->task_count; i++) {
		check_pos(note->tasks[i].pos);
		check_text(note->tasks[i].text);
		check_day(note->tasks[i].due);
	}
	for (i = 0; i < note->question_count; i++) {
		check_pos(note->questions[i].pos);
		check_text(note->questions[i].text);
		insist(note->questions[i].text.len > 0);
	}
	for (i = 0; i < note->section_count; i++) {
		check_pos(note->sections[i].pos);
		check_text(note->sections[i].text);
	}
	for (i = 0; i < note->ignore_count; i++) {
		check_pos(note->ignores[i].pos);
		insist(note->ignores[i].first_line <= note->ignores[i].last_line);
		insist(note->ignores[i].rule.len > 0);
	}
}

static void check_problems(const struct iv_note *note)
{
	size_t i;

	for (i = 0; i < note->problem_count; i++) {
		check_pos(note->problems[i].pos);
		insist(note->problems[i].pos.line > 0);
		check_text(note->problems[i].message);
		insist(note->problems[i].message.len > 0);
	}
}

static void check_fields(const struct iv_note *note)
{
	char *text = iv_note_fields_json(note);
	json_t *json = json_loads(text, JSON_ALLOW_NUL, NULL);
	size_t i;

	insist(json_is_object(json));
	insist(json_object_size(json) <= note->field_count);
	for (i = 0; i < note->field_count; i++) {
		check_pos(note->fields[i].pos);
		check_pos(note->fields[i].value.pos);
		insist(iv_note_field(note, note->fields[i].name.ptr) != NULL);
	}
	json_decref(json);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = {"people/Ann.md", "talks/x y.md", "places/a.md", "b.md"};
	struct iv_str bytes = {(const char *)data, size};
	struct iv_note *note;

	if (size)
		bytes = iv_str_slice(bytes, 1, size);
	measure(bytes);
	note = iv_note_parse(iv_str_of(paths[size ? data[0] % 4 : 0]), bytes, &syntax);
	insist(note->unreadable == (note->unreadable && note->problem_count > 0));
	check_refs(note);
	check_records(note);
	check_body(note);
	check_problems(note);
	check_fields(note);
	iv_note_free(note);
	free(lengths);
	return 0;
}
