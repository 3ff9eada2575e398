/*
 * What a reference that leads nowhere may have meant. Asked of what is about to be shown and never
 * kept: a row that says it would change with every name that comes or goes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "index/nearest.h"
#include "index/resolve.h"
#include "index/update.h"
#include "rules/rule.h"

#define RULE "broken-link"
#define ASKED_MAX 32 /* whoever has more is not mending one letter */

struct doubt {
	struct iv_finding *finding;
	enum iv_ref_form form;
	bool path; /* folders are named, too */
};

struct hints {
	struct iv_db *db;
	struct iv_arena *arena; /* of the findings */
	struct doubt doubts[ASKED_MAX];
	struct iv_meant meant[ASKED_MAX];
	size_t count;
};

/* ---- what was written ---- */

static void add_doubt(struct hints *hints, struct iv_finding *finding, struct iv_stmt *stmt)
{
	struct iv_str key = iv_arena_str(hints->arena, iv_stmt_text(stmt, 1));
	struct doubt *doubt = &hints->doubts[hints->count];

	doubt->finding = finding;
	doubt->form = iv_form_of(iv_stmt_text(stmt, 0));
	doubt->path = doubt->form == IV_REF_LINK || iv_str_find_char(key, '/') != SIZE_MAX;
	hints->meant[hints->count++] = (struct iv_meant){.word = iv_path_name(key)};
}

static int collect(struct hints *hints, struct iv_findings *findings)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, hints->db,
			     "SELECT form, key FROM ref"
			     " WHERE note = ?1 AND line = ?2 AND col = ?3 AND matches = 0",
			     NULL);

	if (rc)
		return rc;
	for (size_t i = 0; rc >= 0 && i < findings->count && hints->count < ASKED_MAX; i++) {
		struct iv_finding *finding = &findings->items[i];
		if (strcmp(finding->rule->id, RULE) != 0)
			continue;
		iv_stmt_bind_int(stmt, 1, finding->note);
		iv_stmt_bind_int(stmt, 2, finding->pos.line);
		iv_stmt_bind_int(stmt, 3, finding->pos.column);
		rc = iv_stmt_step(stmt, NULL);
		if (rc == 1)
			add_doubt(hints, finding, stmt);
		iv_stmt_reset(stmt);
	}
	iv_stmt_free(stmt);
	return rc < 0 ? rc : 0;
}

/* ---- what may have been meant ---- */

/* "people/jane-green", or "../people/jane-green.md" in a Markdown link. */
static struct iv_str path_of(struct hints *hints, const struct doubt *doubt, struct iv_str path)
{
	char *folder, *target, *seen;
	struct iv_str out;

	if (doubt->form != IV_REF_LINK)
		return iv_str_slice(path, 0, path.len - (iv_str_ends(path, ".md") ? 3 : 0));
	out = iv_path_folder(iv_str_of(doubt->finding->path));
	folder = iv_strndup(out.ptr, out.len);
	target = iv_strndup(path.ptr, path.len);
	seen = iv_path_relative(folder, target);
	out = iv_arena_str(hints->arena, iv_str_of(seen));
	free(folder);
	free(target);
	free(seen);
	return out;
}

/* A note as it would be named there: by its id or name, which are not folded, or by an alias. */
static struct iv_str shown_as(struct hints *hints, const struct doubt *doubt, struct iv_stmt *stmt,
			      struct iv_str key)
{
	if (doubt->path)
		return path_of(hints, doubt, iv_stmt_text(stmt, 1));
	switch ((enum iv_rank)iv_stmt_int(stmt, 0)) {
	case IV_RANK_ID: return iv_stmt_text(stmt, 2);
	case IV_RANK_NAME: return iv_stmt_text(stmt, 3);
	case IV_RANK_ALIAS: break;
	}
	return key;
}

/* Equally near all of them, whatever they are called there. */
static void show(struct iv_meant *shown, struct hints *hints, struct iv_str text)
{
	for (size_t i = 0; i < shown->count; i++)
		if (iv_str_eq(shown->found[i], text))
			return;
	if (shown->count < IV_MEANT_MAX)
		shown->found[shown->count++] = iv_arena_str(hints->arena, text);
}

static int name_notes(struct iv_meant *shown, struct hints *hints, const struct doubt *doubt,
		      struct iv_stmt *stmt, struct iv_str key)
{
	int rc;

	iv_stmt_bind_text(stmt, 1, key);
	while ((rc = iv_stmt_step(stmt, NULL)) == 1)
		show(shown, hints, shown_as(hints, doubt, stmt, key));
	iv_stmt_reset(stmt);
	return rc;
}

static int answer(struct hints *hints)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, hints->db,
			     "SELECT min(a.rank), n.path, n.id, n.name FROM name AS a"
			     " JOIN note AS n ON n.note = a.note WHERE a.key = ?1"
			     " GROUP BY n.note ORDER BY n.path",
			     NULL);

	for (size_t i = 0; !rc && i < hints->count; i++) {
		const struct iv_meant *meant = &hints->meant[i];
		struct iv_meant shown = {.word = meant->word};
		for (size_t j = 0; !rc && j < meant->count; j++)
			rc = name_notes(&shown, hints, &hints->doubts[i], stmt, meant->found[j]);
		hints->doubts[i].finding->hint = iv_meant_text(hints->arena, &shown);
	}
	iv_stmt_free(stmt);
	return rc;
}

void iv_findings_hint(struct iv_findings *findings, struct iv_index *index)
{
	struct hints hints = {.db = iv_index_db(index), .arena = findings->memory};

	if (!collect(&hints, findings) && hints.count &&
	    !iv_nearest_names(hints.meant, hints.count, hints.db, hints.arena, NULL))
		answer(&hints);
}
