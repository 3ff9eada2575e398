/* The text of a new note: a template, filled, and the fields that were given. */
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/error.h"
#include "cmd/new/new.h"
#include "view/template.h"

#define SECTIONS_MAX 6
/* Names beside those of the fields and sections. */
#define NAMES_MAX 10

/* ---- the values ---- */

struct values {
	struct iv_arena *arena;
	struct iv_value *items;
	size_t count;
};

static void add_text(struct values *values, const char *key, struct iv_str text)
{
	values->items[values->count++] =
		iv_template_text(key, text.ptr ? text : (struct iv_str){"", 0});
}

/* A list of texts; an empty one, too, says that its items would be texts. */
static void add_texts(struct values *values, const char *key, const struct iv_str *texts,
		      size_t count)
{
	struct iv_value *items = iv_arena_calloc(values->arena, count + 1, sizeof(*items));
	items[0] = iv_template_text(NULL, IV_LIT(""));
	for (size_t i = 0; i < count; i++)
		items[i] = iv_template_text(NULL, texts[i]);
	values->items[values->count++] = iv_template_list(key, items, count);
}

static bool is_list(const struct iv_field_def *def)
{
	return def->kind == IV_FIELD_TEXTS || def->kind == IV_FIELD_REFS ||
	       def->kind == IV_FIELD_RECORDS || def->kind == IV_FIELD_LEADS ||
	       def->kind == IV_FIELD_RULES;
}

static void add_fields(struct values *values, const struct new_note *note)
{
	for (size_t i = 0; i < iv_field_count; i++) {
		const struct iv_field_def *def = &iv_fields[i];
		const struct new_field *field = new_field_find(note, def->name);
		if (!(def->types & (1u << note->type)) || strcmp(def->name, "name") == 0)
			continue;
		if (is_list(def))
			add_texts(values, def->name, field ? field->values : NULL,
				  field ? field->count : 0);
		else
			add_text(values, def->name,
				 field ? field->values[0] : (struct iv_str){NULL, 0});
	}
}

/* `questions-heading` and so on: as the config calls the sections. */
static void add_headings(struct values *values, const struct new_note *note)
{
	static const char *const names[SECTIONS_MAX][2] = {
		{"request", "Request"},     {"research", "Research"}, {"opening", "Opening"},
		{"questions", "Questions"}, {"notes", "Notes"},       {"follow-ups", "Follow-ups"}};
	const struct iv_syntax *syntax = iv_config_syntax(note->cmd->config);
	for (size_t i = 0; i < SECTIONS_MAX; i++) {
		const char *heading = names[i][1];
		for (const char *const(*own)[2] = syntax->sections; own && (*own)[0]; own++)
			if (strcmp((*own)[0], names[i][0]) == 0)
				heading = (*own)[1];
		add_text(values, iv_arena_printf(values->arena, "%s-heading", names[i][0]).ptr,
			 iv_str_of(heading));
	}
}

static struct iv_value person_of(struct iv_arena *arena, const struct new_person *person)
{
	struct values one = {arena, iv_arena_calloc(arena, 4, sizeof(*one.items)), 0};
	add_text(&one, "id", person->id);
	add_text(&one, "name", person->name);
	add_text(&one, "role", person->role);
	add_text(&one, "organization", person->organization);
	return iv_template_map(NULL, one.items, one.count);
}

static bool has_text(const struct iv_str *texts, size_t count, struct iv_str text)
{
	for (size_t i = 0; i < count; i++)
		if (iv_str_eq(texts[i], text))
			return true;
	return false;
}

/* Of a meeting: whom it is with, and where they work, each place once. */
static void add_people(struct values *values, const struct new_note *note)
{
	size_t count = note->person_count, places = 0;
	struct iv_value *people = iv_arena_calloc(values->arena, count, sizeof(*people));
	struct iv_str *names = iv_arena_calloc(values->arena, count, sizeof(*names));
	for (size_t i = 0; i < count; i++) {
		struct iv_str place = note->people[i].organization;
		people[i] = person_of(values->arena, &note->people[i]);
		if (place.len && !has_text(names, places, place))
			names[places++] = place;
	}
	values->items[values->count++] = iv_template_list("people", people, count);
	add_texts(values, "organizations", names, places);
}

/* Is there something to prepare? */
static bool is_to_prepare(const struct new_note *note)
{
	const struct new_field *kind = new_field_find(note, "kind");
	return !note->past && note->day >= note->cmd->today &&
	       (!kind || iv_str_is_nocase(kind->values[0], iv_kind_word(IV_KIND_INFORMATIONAL)));
}

static struct iv_value values_of(const struct new_note *note)
{
	struct iv_arena *arena = note->arena;
	struct values values = {arena, NULL, 0};
	char today[11];
	values.items = iv_arena_calloc(arena, iv_field_count + SECTIONS_MAX + NAMES_MAX,
				       sizeof(*values.items));
	iv_day_format(today, note->cmd->today);
	add_text(&values, "name", note->name);
	add_text(&values, "id", iv_str_of(note->id));
	add_text(&values, "today", iv_arena_str(arena, iv_str_of(today)));
	add_fields(&values, note);
	add_headings(&values, note);
	if (note->type == IV_TYPE_MEETING) {
		add_people(&values, note);
		add_text(&values, "prepare", iv_str_of(is_to_prepare(note) ? "yes" : ""));
	}
	return iv_template_map(NULL, values.items, values.count);
}

/* ---- the template ---- */

/* The vault's own, else ours. *shown is the path of the vault's own, be it there or not. */
static int read_template(struct iv_buf *out, const char **shown, const struct new_note *note,
			 struct iv_error *error)
{
	const char *name = iv_arena_printf(note->arena, "%s.md", iv_type_word(note->type)).ptr;
	char *path = iv_path_join(IV_TEMPLATES_FOLDER, name), *seen = cmd_relative(note->cmd, path);
	char *bytes = NULL;
	size_t len = 0;
	int rc = iv_vault_template(&bytes, &len, note->cmd->vault, name, error);
	*shown = iv_arena_str(note->arena, iv_str_of(seen)).ptr;
	if (!rc) {
		iv_buf_add(out, bytes, len);
	} else if (rc == IV_ENOTFOUND) {
		iv_error_release(error);
		name = iv_arena_printf(note->arena, "view/templates/%s", name).ptr;
		iv_buf_puts(out, iv_embedded_text(name));
		rc = 0;
	}
	free(bytes);
	free(seen);
	free(path);
	return rc;
}

/* ---- the fields ---- */

/* What a template has as a list stays one. */
static bool stands_as_list(const struct iv_edit *edit, const char *key)
{
	const struct iv_field *field = iv_note_field(iv_edit_note(edit), key);
	return field && field->value.kind == IV_VALUE_LIST;
}

static int set_fields(struct iv_edit *edit, const struct new_note *note, struct iv_error *error)
{
	int rc = 0;
	for (size_t i = 0; !rc && i < note->field_count; i++) {
		const struct new_field *field = &note->fields[i];
		if (field->count == 1 && !stands_as_list(edit, field->key))
			rc = iv_edit_set(edit, field->key, field->values[0], error);
		else
			rc = iv_edit_set_list(edit, field->key, field->values, field->count, error);
	}
	return rc;
}

/* The field that was given and stands in that line, or NULL. */
static const char *given_at(const struct iv_note *read, const struct new_note *note, uint32_t line)
{
	for (size_t i = 0; i < read->field_count; i++)
		for (size_t j = 0; j < note->field_count; j++)
			if (read->fields[i].pos.line == line && read->fields[i].known &&
			    strcmp(read->fields[i].known, note->fields[j].key) == 0)
				return note->fields[j].key;
	return NULL;
}

static int refuse_line(const struct iv_problem *problem, const char *shown, struct iv_error *error)
{
	return iv_error_set(error, IV_EINPUT, "line %u of what the template '%s' gives: %.*s",
			    (unsigned)problem->pos.line, shown, IV_STR_ARG(problem->message));
}

/* What is wrong before the fields are set, and will not be set: it is the template's. */
static int refuse_template(const struct iv_edit *edit, const struct new_note *note,
			   const char *shown, struct iv_error *error)
{
	const struct iv_note *read = iv_edit_note(edit);
	for (size_t i = 0; i < read->problem_count; i++) {
		const struct iv_problem *problem = &read->problems[i];
		if (!problem->warning && strcmp(problem->rule, "missing-field") != 0 &&
		    !given_at(read, note, problem->pos.line))
			return refuse_line(problem, shown, error);
	}
	return 0;
}

static int refuse_value(const struct new_note *note, const char *key,
			const struct iv_problem *problem)
{
	struct iv_str why = problem->message;
	return cmd_has(note->cmd, key)
		       ? cmd_usage(note->cmd, "--%s: %.*s", key, IV_STR_ARG(why))
		       : cmd_usage(note->cmd, "stdin: '%s': %.*s", key, IV_STR_ARG(why));
}

/* What check would call an error at once. */
static int refuse_faults(const struct iv_edit *edit, const struct new_note *note, const char *shown,
			 struct iv_error *error)
{
	const struct iv_note *read = iv_edit_note(edit);
	for (size_t i = 0; i < read->problem_count; i++) {
		const struct iv_problem *problem = &read->problems[i];
		const char *key = given_at(read, note, problem->pos.line);
		if (problem->warning)
			continue;
		if (!key)
			return refuse_line(problem, shown, error);
		return refuse_value(note, key, problem);
	}
	return 0;
}

static int refuse_type(const struct iv_edit *edit, const struct new_note *note, const char *shown,
		       struct iv_error *error)
{
	const char *type = iv_type_word(note->type);
	if (iv_edit_note(edit)->type == note->type)
		return 0;
	return iv_error_set(error, IV_EINPUT,
			    "the template '%s' gives a note that is no %s, expected 'type: %s' in "
			    "its front matter",
			    shown, type, type);
}

/* What cannot be set is told by its place in what the template gives; there is no note yet. */
static int refuse_form(const char *shown, struct iv_error *error)
{
	struct iv_pos pos = error->pos;
	free(error->path);
	error->path = NULL;
	error->pos = (struct iv_pos){0, 0};
	return iv_error_context(error, "line %u of what the template '%s' gives",
				(unsigned)pos.line, shown);
}

static int add_fields_to(struct new_note *note, struct iv_str filled, const char *shown,
			 struct iv_error *error)
{
	struct iv_edit *edit =
		iv_edit_new(iv_str_of(note->path), filled, iv_config_syntax(note->cmd->config));
	int rc = refuse_template(edit, note, shown, error);
	if (!rc)
		rc = refuse_type(edit, note, shown, error);
	if (!rc)
		rc = set_fields(edit, note, error) ? refuse_form(shown, error) : 0;
	if (!rc)
		rc = refuse_faults(edit, note, shown, error);
	if (!rc)
		iv_buf_str(&note->text, iv_edit_bytes(edit));
	iv_edit_free(edit);
	return rc;
}

int new_fill(struct new_note *note, struct iv_error *error)
{
	const struct iv_value values = values_of(note);
	struct iv_buf template = IV_BUF_INIT, filled = IV_BUF_INIT;
	const char *shown = NULL;
	int rc = read_template(&template, &shown, note, error);
	if (!rc)
		rc = iv_template_fill(&filled, iv_buf_view(&template), &values, error);
	if (rc)
		iv_error_at(error, shown, (struct iv_pos){0, 0});
	else
		rc = add_fields_to(note, iv_buf_view(&filled), shown, error);
	iv_buf_release(&template);
	iv_buf_release(&filled);
	return rc;
}
