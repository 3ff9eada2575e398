/* A reference as a person types it, to the one note that it means. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/nearest.h"
#include "index/resolve.h"
#include "index/state.h"
#include "note/fields.h"

#define LISTED_MAX 5 /* candidates that a message names */

struct lookup {
	struct iv_index *index;
	struct iv_arena *arena;
	const char *typed;
	unsigned types; /* that are meant, or 0 */
	struct iv_str text, key;
	struct iv_buf list; /* of candidates, for the message */
	size_t count;
	char *first, *first_name; /* path, name */
	struct iv_error *error;
};

static struct iv_str without_md(struct iv_str text)
{
	return iv_str_ends(text, ".md") ? iv_str_slice(text, 0, text.len - 3) : text;
}

static void add_candidate(struct lookup *lookup, struct iv_str path, struct iv_str name)
{
	if (!lookup->count++) {
		lookup->first = iv_strndup(path.ptr, path.len);
		lookup->first_name = iv_strndup(name.ptr, name.len);
	}
	if (lookup->count <= LISTED_MAX)
		iv_buf_printf(&lookup->list, "%s'%.*s' (%.*s)", lookup->count > 1 ? ", " : "",
			      IV_STR_ARG(path), IV_STR_ARG(name));
}

/* The rows (path, name) of a statement about ?1 are the candidates. */
static int ask(struct lookup *lookup, const char *sql, struct iv_str about)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, lookup->index->db, sql, lookup->error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, about);
	while ((rc = iv_stmt_step(stmt, lookup->error)) == 1)
		add_candidate(lookup, iv_stmt_text(stmt, 0), iv_stmt_text(stmt, 1));
	iv_stmt_free(stmt);
	return rc;
}

/* By path, id, alias and name, as a reference in a note would. */
static int by_reference(struct lookup *lookup)
{
	struct iv_names *names = iv_names_new(lookup->index->db);
	struct iv_resolver resolver = {names, iv_index_config(lookup->index), iv_arena_new(), NULL};
	struct iv_str field =
		lookup->types == 1u << IV_TYPE_CONTACT ? IV_LIT("contact") : IV_LIT("");
	struct iv_wanted wanted = {IV_REF_BARE, field, lookup->key, ""};
	struct iv_resolved resolved = iv_resolve(&resolver, &wanted);
	int rc = iv_names_error(names, lookup->error);
	char number[24];

	if (!rc && resolved.target) {
		snprintf(number, sizeof(number), "%lld", (long long)resolved.target);
		rc = ask(lookup, "SELECT path, name FROM note WHERE note = ?1", iv_str_of(number));
	} else if (!rc && resolved.matches > 1) {
		rc = ask(lookup,
			 "SELECT n.path, n.name FROM name AS a JOIN note AS n ON n.note = a.note"
			 " WHERE a.key = replace(?1, rtrim(?1, replace(?1, '/', '')), '')"
			 " GROUP BY n.note ORDER BY min(a.rank), n.path",
			 lookup->key);
	}
	iv_arena_free(resolver.scratch);
	iv_names_free(names);
	return rc;
}

/* By a part of an id or a name, among the notes of some types. */
static int by_part(struct lookup *lookup, unsigned types)
{
	struct iv_buf sql = IV_BUF_INIT;
	int rc;

	iv_buf_puts(&sql, "SELECT n.path, n.name FROM name AS a JOIN note AS n ON n.note = a.note"
			  " WHERE a.rank <> 2 AND instr(a.key, ?1) > 0 AND (0");
	for (int type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
		if (types & (1u << type))
			iv_buf_printf(&sql, " OR n.type = '%s'", iv_type_word((enum iv_type)type));
	iv_buf_puts(&sql, types ? ")" : " OR 1)");
	iv_buf_puts(&sql, " GROUP BY n.note ORDER BY n.path");
	rc = ask(lookup, sql.ptr, lookup->key);
	iv_buf_release(&sql);
	return rc;
}

static int find(struct lookup *lookup)
{
	int rc = ask(lookup, "SELECT path, name FROM note WHERE path IN (?1, ?1 || '.md')",
		     lookup->text);

	if (!rc && !lookup->count)
		rc = by_reference(lookup);
	if (!rc && !lookup->count && lookup->key.len && lookup->types)
		rc = by_part(lookup, lookup->types);
	if (!rc && !lookup->count && lookup->key.len)
		rc = by_part(lookup, 0);
	return rc;
}

/* ---- nothing was found ---- */

static int not_found(struct lookup *lookup)
{
	struct iv_meant meant = {.word = lookup->key};
	const char *hint;

	iv_nearest_names(&meant, 1, lookup->index->db, lookup->arena, NULL);
	hint = iv_meant_text(lookup->arena, &meant);
	return iv_error_set(lookup->error, IV_ENOTFOUND, "no note is called '%s'%s%s",
			    lookup->typed, hint ? "; " : "", hint ? hint : "");
}

static int ambiguous(struct lookup *lookup)
{
	if (lookup->count > LISTED_MAX)
		iv_buf_printf(&lookup->list, " and %zu more", lookup->count - LISTED_MAX);
	return iv_error_set(lookup->error, IV_EAMBIGUOUS, "'%s' could be any of %s", lookup->typed,
			    lookup->list.ptr);
}

static int look_up(char **path, struct iv_index *index, const char *reference, unsigned types,
		   struct iv_error *error)
{
	struct lookup lookup = {.index = index, .typed = reference, .types = types, .error = error};
	int rc;

	lookup.arena = iv_arena_new();
	lookup.text = iv_link_target(iv_str_of(reference));
	lookup.key = iv_fold(lookup.arena, without_md(lookup.text));
	rc = find(&lookup);
	if (!rc && !lookup.count)
		rc = not_found(&lookup);
	else if (!rc && lookup.count > 1)
		rc = ambiguous(&lookup);
	if (rc)
		free(lookup.first);
	else
		*path = lookup.first;
	free(lookup.first_name);
	iv_buf_release(&lookup.list);
	iv_arena_free(lookup.arena);
	return rc;
}

int iv_index_referred(char **path, char **name, struct iv_index *index, const char *key,
		      struct iv_error *error)
{
	struct lookup lookup = {.index = index, .typed = key, .error = error};
	int rc;

	lookup.key = iv_str_of(key);
	rc = by_reference(&lookup);
	if (!rc && lookup.count == 1) {
		*path = lookup.first;
		*name = lookup.first_name;
	} else {
		free(lookup.first);
		free(lookup.first_name);
		rc = rc ? rc : IV_ENOTFOUND;
	}
	iv_buf_release(&lookup.list);
	return rc;
}

int iv_index_resolve_as(char **path, struct iv_index *index, const char *reference, unsigned types,
			struct iv_error *error)
{
	int rc;

	while ((rc = look_up(path, index, reference, types, error)) && iv_index_retry(index, error))
		;
	return rc;
}

int iv_index_resolve(char **path, struct iv_index *index, const char *reference,
		     struct iv_error *error)
{
	return iv_index_resolve_as(path, index, reference, 0, error);
}
