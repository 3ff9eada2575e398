/* The id of a new note, and the folder it lands in. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/id.h"
#include "cmd/new/new.h"

/* ---- the folder ---- */

/* The first that the config gives to the type, or the one that init makes. */
static const char *folder_of(const struct new_note *note)
{
	const char *const(*own)[2] = iv_config_syntax(note->cmd->config)->folder_types;
	const char *type = iv_type_word(note->type);
	for (; own && (*own)[0]; own++)
		if (strcmp((*own)[1], type) == 0)
			return (*own)[0];
	switch (note->type) {
	case IV_TYPE_MEETING: return "meetings";
	case IV_TYPE_ORGANIZATION: return "organizations";
	case IV_TYPE_CONTACT:
	case IV_TYPE_NONE: break;
	}
	return "contacts";
}

/* What the config names may be anything; notes are in folders below the vault's that are not hidden. */
static bool is_below(const char *folder)
{
	struct iv_str rest = iv_str_of(folder);
	bool below = rest.len > 0;
	while (below && rest.len) {
		size_t slash = iv_str_find_char(rest, '/');
		below = slash > 0 && rest.ptr[0] != '.';
		rest = iv_str_slice(rest, slash == SIZE_MAX ? rest.len : slash + 1, rest.len);
	}
	return below;
}

/* Nothing is written past a symlink, where the walk would not find it. */
static int check_folder(const struct new_note *note, struct iv_error *error)
{
	char *whole, *real;
	int rc = 0;
	if (!is_below(note->folder))
		return iv_error_set(
			error, IV_EREFUSED,
			"the config's 'folders' has '%s' for notes of type %s, expected "
			"a folder in the vault, as 'people'",
			note->folder, iv_type_word(note->type));
	whole = iv_path_join(note->cmd->root, note->folder);
	real = realpath(whole, NULL);
	if (real && strcmp(real, whole) != 0)
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' is reached by a symbolic link; notes are not looked for "
				  "there",
				  note->folder);
	free(real);
	free(whole);
	return rc;
}

/* ---- the id ---- */

static bool is_same(struct iv_arena *arena, const char *left, struct iv_str folded)
{
	bool same = iv_str_eq(iv_fold(arena, iv_str_of(left)), folded);
	iv_arena_reset(arena);
	return same;
}

/* The note with that id, compared as references are, in whatever folder. */
static const struct iv_row *find_id(const struct new_note *note, struct iv_str id)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str folded = iv_fold(note->arena, id);
	const struct iv_row *found = NULL;
	for (size_t i = 0; !found && i < note->rows.count; i++)
		if (is_same(arena, note->rows.rows[i].id, folded))
			found = &note->rows.rows[i];
	iv_arena_free(arena);
	return found;
}

static char *path_of(const struct new_note *note, struct iv_str id)
{
	struct iv_buf name = IV_BUF_INIT;
	iv_buf_printf(&name, "%.*s.md", IV_STR_ARG(id));
	char *path = iv_path_join(note->folder, name.ptr);
	iv_buf_release(&name);
	return path;
}

/* Something of that name that is no note: what `ignore` leaves out, or a link. */
static bool is_file(const struct new_note *note, struct iv_str id)
{
	char *path = path_of(note, id), *whole = iv_path_join(note->cmd->root, path);
	struct stat st;
	bool there = lstat(whole, &st) == 0;
	free(whole);
	free(path);
	return there;
}

static bool is_taken(const struct new_note *note, struct iv_str id)
{
	return iv_id_is_reserved(id) || find_id(note, id) || is_file(note, id);
}

/* ---- duplicates ---- */

static bool has_type(const struct iv_row *row, enum iv_type type)
{
	return row->type && strcmp(row->type, iv_type_word(type)) == 0;
}

/* Of the list or the one text that notes have under `aliases`. */
static bool has_alias(struct iv_arena *arena, const struct iv_row *row, struct iv_str folded)
{
	json_t *root, *aliases, *item;
	bool has = false;
	size_t i;
	if (!strstr(row->fields, "\"aliases\""))
		return false;
	root = json_loads(row->fields, 0, NULL);
	aliases = json_object_get(root, "aliases");
	if (json_is_string(aliases))
		has = is_same(arena, json_string_value(aliases), folded);
	json_array_foreach(aliases, i, item) if (json_is_string(item)) has |=
		is_same(arena, json_string_value(item), folded);
	json_decref(root);
	return has;
}

/* A note of this type that is called so, or the meeting of that day. */
static const struct iv_row *find_double(const struct new_note *note, struct iv_str id)
{
	struct iv_arena *arena;
	struct iv_str folded;
	const struct iv_row *found = NULL;
	if (note->type == IV_TYPE_MEETING) {
		found = find_id(note, id);
		return found && has_type(found, note->type) ? found : NULL;
	}
	arena = iv_arena_new();
	folded = iv_fold(note->arena, note->name);
	for (size_t i = 0; !found && i < note->rows.count; i++)
		if (has_type(&note->rows.rows[i], note->type) &&
		    (is_same(arena, note->rows.rows[i].name, folded) ||
		     has_alias(arena, &note->rows.rows[i], folded)))
			found = &note->rows.rows[i];
	iv_arena_free(arena);
	return found;
}

static int refuse_double(const struct new_note *note, const struct iv_row *there,
			 struct iv_error *error)
{
	char *path = cmd_relative(note->cmd, there->path), day[11];
	if (note->type == IV_TYPE_MEETING) {
		iv_day_format(day, note->day);
		iv_error_set(error, IV_EREFUSED,
			     "there is a meeting with %.*s on %s already: '%s'; --force makes "
			     "another, --id "
			     "gives it an id of its own",
			     IV_STR_ARG(note->name), day, path);
	} else {
		iv_error_set(
			error, IV_EREFUSED,
			"'%.*s' has a note already: '%s'; --force makes another of that name, --id "
			"gives it an id of its own",
			IV_STR_ARG(note->name), path);
	}
	free(path);
	return IV_EREFUSED;
}

/* ---- both ---- */

static int use_wish(struct new_note *note, struct iv_error *error)
{
	struct iv_str id = iv_str_of(note->id);
	const struct iv_row *there;
	int rc = iv_id_check(id, error);
	if (rc)
		return rc;
	there = find_id(note, id);
	if (!there && !is_file(note, id))
		return 0;
	char *path = there ? iv_strdup(there->path) : path_of(note, id);
	char *seen = cmd_relative(note->cmd, path);
	rc = iv_error_set(error, IV_EREFUSED, "the id '%s' is taken: '%s'; choose another",
			  note->id, seen);
	free(seen);
	free(path);
	return rc;
}

static int make_id(struct new_note *note, struct iv_error *error)
{
	struct iv_str id = iv_id_make(
		note->arena, note->type == IV_TYPE_MEETING ? note->people[0].id : note->name);
	const struct iv_row *there;
	char day[11];
	if (!id.len)
		return iv_error_set(error, IV_EINPUT,
				    "'%.*s' has no letter or digit to make an id of; give one with "
				    "--id",
				    IV_STR_ARG(note->name));
	if (note->type == IV_TYPE_MEETING) {
		iv_day_format(day, note->day);
		id = iv_arena_printf(note->arena, "%s-%.*s", day, IV_STR_ARG(id));
	}
	there = find_double(note, id);
	if (there && !note->past && !cmd_has(note->cmd, "force"))
		return refuse_double(note, there, error);
	struct iv_str free_one = id;
	for (unsigned n = 2; is_taken(note, free_one); n++)
		free_one = iv_id_number(note->arena, id, n);
	note->id = iv_arena_str(note->arena, free_one).ptr;
	return 0;
}

int new_find_place(struct new_note *note, struct iv_error *error)
{
	int rc;
	note->folder = iv_strdup(folder_of(note));
	rc = note->id ? use_wish(note, error) : make_id(note, error);
	if (!rc)
		rc = check_folder(note, error);
	if (rc)
		return rc;
	note->path = path_of(note, iv_str_of(note->id));
	if (iv_vault_holds(note->cmd->config, iv_str_of(note->path)))
		return 0;
	return iv_error_set(error, IV_EREFUSED,
			    "'%s' would be no note: the config's 'ignore' leaves it out",
			    note->path);
}

int new_write(struct new_note *note, struct iv_error *error)
{
	const struct iv_str absent = {NULL, 0};
	char *folder = iv_path_join(note->cmd->root, note->folder);
	char *path = iv_path_join(note->cmd->root, note->path);
	int rc = iv_folder_make(folder, 0700, error);
	if (!rc)
		rc = iv_file_write(path, iv_buf_view(&note->text), &absent, error);
	free(path);
	free(folder);
	return rc;
}
