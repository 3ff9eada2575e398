/* Whom a new meeting is with. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cmd/new/new.h"

static const struct iv_row *find_path(const struct new_note *note, const char *path)
{
	for (size_t i = 0; i < note->rows.count; i++)
		if (strcmp(note->rows.rows[i].path, path) == 0)
			return &note->rows.rows[i];
	return NULL;
}

/* The id, unless it means another note, too. */
static struct iv_str reference_to(const struct new_note *note, const struct iv_row *row)
{
	char *path = NULL;
	bool clear = !iv_index_resolve(&path, note->cmd->index, row->id, NULL) &&
		     strcmp(path, row->path) == 0;
	struct iv_str whole = iv_str_of(row->path);
	free(path);
	return clear ? iv_str_of(row->id) : iv_str_slice(whole, 0, whole.len - strlen(".md"));
}

/* "Green & Tolley" for "[[green-tolley]]", where there is such a note. */
static struct iv_str name_of(const struct new_note *note, const char *text)
{
	struct iv_str target = iv_link_target(iv_str_of(text));
	const char *reference = iv_arena_str(note->arena, target).ptr;
	const struct iv_row *row;
	char *path = NULL;
	if (!target.len || iv_index_resolve(&path, note->cmd->index, reference, NULL))
		return target;
	row = find_path(note, path);
	free(path);
	return row ? iv_str_of(row->name) : target;
}

static void read_fields(struct new_person *out, const struct new_note *note, const char *fields)
{
	json_t *root = json_loads(fields, 0, NULL);
	const char *role = json_string_value(json_object_get(root, "role"));
	const char *place = json_string_value(json_object_get(root, "organization"));
	if (role)
		out->role = iv_arena_str(note->arena, iv_str_of(role));
	if (place)
		out->organization = iv_arena_str(note->arena, name_of(note, place));
	json_decref(root);
}

static int find_person(struct new_person *out, const struct new_note *note, struct iv_str word,
		       struct iv_error *error)
{
	const char *text = iv_arena_str(note->arena, iv_link_target(word)).ptr;
	const struct iv_row *row;
	char *path = NULL;
	int rc = cmd_resolve_as(&path, note->cmd, text, 1u << IV_TYPE_CONTACT, error);
	if (rc == IV_ENOTFOUND && !iv_str_ends(iv_str_of(error->message), "?"))
		iv_error_set(error, rc, "%s; 'ivnotes new contact NAME' begins one",
			     error->message);
	if (rc)
		return rc;
	row = find_path(note, path);
	if (!row || !row->type || strcmp(row->type, iv_type_word(IV_TYPE_CONTACT)) != 0) {
		char *seen = cmd_relative(note->cmd, path);
		rc = iv_error_set(error, IV_EREFUSED, "'%s' is no contact: '%s'", text, seen);
		free(seen);
	} else {
		*out = (struct new_person){.path = iv_str_of(row->path),
					   .id = iv_str_of(row->id),
					   .name = iv_str_of(row->name),
					   .reference = reference_to(note, row)};
		read_fields(out, note, row->fields);
	}
	free(path);
	return rc;
}

static bool is_there(const struct new_note *note, const struct new_person *person)
{
	for (size_t i = 0; i < note->person_count; i++)
		if (iv_str_eq(note->people[i].path, person->path))
			return true;
	return false;
}

/* "Jane Green, Tom Tolley and Ann Lee" */
static void name_them(struct new_note *note)
{
	struct iv_buf names = IV_BUF_INIT;
	for (size_t i = 0; i < note->person_count; i++)
		iv_buf_printf(&names, "%s%.*s",
			      !i                            ? ""
			      : i + 1 == note->person_count ? " and "
							    : ", ",
			      IV_STR_ARG(note->people[i].name));
	note->name = iv_arena_str(note->arena, iv_buf_view(&names));
	iv_buf_release(&names);
}

int new_find_people(struct new_note *note, struct iv_error *error)
{
	const struct new_field *field = new_field_find(note, "contact");
	size_t count = field->count;
	struct iv_str *references = iv_arena_calloc(note->arena, count, sizeof(*references));
	int rc = 0;
	note->people = iv_arena_calloc(note->arena, count, sizeof(*note->people));
	for (size_t i = 0; !rc && i < count; i++) {
		struct new_person person;
		rc = find_person(&person, note, field->values[i], error);
		if (rc || is_there(note, &person))
			continue;
		references[note->person_count] = person.reference;
		note->people[note->person_count++] = person;
	}
	if (rc)
		return rc;
	new_field_set(note, "contact", references, note->person_count);
	name_them(note);
	return 0;
}
