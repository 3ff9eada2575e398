/* Organizations: those that have a note, and those that contacts only name. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/meant.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/column.h"
#include "index/update.h"

#define LISTED_MAX 5 /* candidates that a message names */

/* Everything that an organization may be called by: key, name, note (NULL for a name alone). */
#define CALLED                                                                                 \
	"(SELECT a.key AS key, n.name AS name, n.note AS note, n.path AS path"                 \
	"  FROM name AS a JOIN note AS n ON n.note = a.note"                                   \
	"  WHERE n.note IN (SELECT note FROM organization UNION"                               \
	"                   SELECT r.target FROM ref AS r JOIN note AS x ON x.note = r.target" \
	"                   WHERE r.field IN ('organization', 'formerly') AND x.type IS NULL)" \
	"  UNION ALL"                                                                          \
	"  SELECT key, min(text), NULL, NULL FROM ref"                                         \
	"  WHERE field IN ('organization', 'formerly') AND target IS NULL"                     \
	"  GROUP BY key)"

/* Columns as read_place() takes them, of a note `n` and its row `o`, or of neither. */
#define COLUMNS                                                                       \
	"c.name, c.path, c.key, coalesce(f.json ->> '$.url[0]', f.json ->> '$.url')," \
	" o.rank, o.stance, o.target, o.pursuing"
#define DETAILS                                           \
	" LEFT JOIN organization AS o ON o.note = c.note" \
	" LEFT JOIN fields AS f ON f.note = c.note"

static const char exact_sql[] =
	"SELECT " COLUMNS " FROM " CALLED " AS c" DETAILS
	" WHERE c.key = ?1 OR c.path IN (?2, ?2 || '.md') GROUP BY coalesce(c.note, c.key)"
	" ORDER BY fold(c.name), c.path";

static const char part_sql[] = "SELECT " COLUMNS " FROM " CALLED " AS c" DETAILS
			       " WHERE ?1 <> '' AND instr(c.key, ?1) AND ?2 IS NOT NULL"
			       " GROUP BY coalesce(c.note, c.key) ORDER BY fold(c.name), c.path";

static const char targets_sql[] =
	"SELECT " COLUMNS " FROM (SELECT o.note, n.key, n.name, n.path FROM organization AS o"
	" JOIN note AS n ON n.note = o.note WHERE o.target) AS c" DETAILS
	" ORDER BY o.rank IS NULL, o.rank NOT GLOB '[0-9]*', CAST(o.rank AS INTEGER), o.rank,"
	" fold(c.name), c.path";

static struct iv_place read_place(struct iv_arena *arena, struct iv_stmt *stmt)
{
	return (struct iv_place){
		.name = iv_arena_str(arena, iv_stmt_text(stmt, 0)).ptr,
		.path = iv_column_text(arena, stmt, 1),
		.key = iv_arena_str(arena, iv_stmt_text(stmt, 2)).ptr,
		.url = iv_column_text(arena, stmt, 3),
		.rank = iv_column_text(arena, stmt, 4),
		.stance = iv_column_text(arena, stmt, 5),
		.target = iv_column_flag(stmt, 6),
		.pursuing = iv_stmt_day(stmt, 7),
	};
}

/* Adds what a statement finds; places->items stays an array in the arena, one longer each time. */
static int collect(struct iv_places *places, struct iv_stmt *stmt, struct iv_error *error)
{
	struct iv_place *items = NULL;
	size_t count = 0, capacity = 0;
	int rc;

	for (; count < places->count; count++) {
		IV_GROW(items, count, capacity);
		items[count] = places->items[count];
	}
	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		IV_GROW(items, count, capacity);
		items[count++] = read_place(places->memory, stmt);
	}
	places->items = iv_arena_copy(places->memory, items, count, sizeof(*items));
	places->count = count;
	free(items);
	return rc;
}

static int ask(struct iv_places *places, struct iv_index *index, const char *sql, struct iv_str key,
	       const char *word, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(index), sql, error);

	if (rc)
		return rc;
	if (iv_stmt_parameters(stmt)) {
		iv_stmt_bind_text(stmt, 1, key);
		iv_stmt_bind_text(stmt, 2, iv_str_of(word));
	}
	rc = collect(places, stmt, error);
	iv_stmt_free(stmt);
	return rc;
}

/* ---- what was not found ---- */

/* The organization of a contact of that name, or NULL. */
static const char *place_of_person(struct iv_arena *arena, struct iv_index *index,
				   struct iv_str key)
{
	static const char sql[] =
		"SELECT coalesce(o.name, r.text) FROM name AS a JOIN ref AS r ON r.note = a.note"
		" LEFT JOIN note AS o ON o.note = r.target"
		" WHERE a.key = ?1 AND r.field = 'organization' ORDER BY r.seq LIMIT 1";
	const char *found = NULL;
	struct iv_stmt *stmt;

	if (iv_stmt_new(&stmt, iv_index_db(index), sql, NULL))
		return NULL;
	iv_stmt_bind_text(stmt, 1, key);
	if (iv_stmt_step(stmt, NULL) == 1)
		found = iv_column_text(arena, stmt, 0);
	iv_stmt_free(stmt);
	return found;
}

/* The names nearest to the word, of each organization one. */
static const char *nearest(struct iv_arena *arena, struct iv_index *index, struct iv_str key)
{
	struct iv_meant meant = {.word = key};
	struct iv_stmt *stmt;

	if (iv_stmt_new(&stmt, iv_index_db(index),
			"SELECT c.key, c.name FROM " CALLED " AS c ORDER BY c.name, c.key", NULL))
		return NULL;
	while (iv_stmt_step(stmt, NULL) == 1)
		iv_meant_offer_as(&meant, iv_arena_str(arena, iv_stmt_text(stmt, 0)),
				  iv_arena_str(arena, iv_stmt_text(stmt, 1)));
	iv_stmt_free(stmt);
	return iv_meant_text(arena, &meant);
}

static int not_found(struct iv_index *index, struct iv_str key, const char *word,
		     struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	const char *place = place_of_person(arena, index, key);
	const char *hint = place ? NULL : nearest(arena, index, key);

	if (place)
		iv_error_set(error, IV_ENOTFOUND,
			     "'%s' is a person, expected an organization, as theirs: '%s'", word,
			     place);
	else
		iv_error_set(error, IV_ENOTFOUND, "no organization is called '%s'%s%s", word,
			     hint ? "; " : "", hint ? hint : "");
	iv_arena_free(arena);
	return IV_ENOTFOUND;
}

static int ambiguous(const struct iv_places *places, size_t from, const char *word,
		     struct iv_error *error)
{
	struct iv_buf list = IV_BUF_INIT;
	size_t count = places->count - from;

	for (size_t i = 0; i < count && i < LISTED_MAX; i++)
		iv_buf_printf(&list, "%s'%s'", i ? ", " : "", places->items[from + i].name);
	if (count > LISTED_MAX)
		iv_buf_printf(&list, " and %zu more", count - LISTED_MAX);
	iv_error_set(error, IV_EAMBIGUOUS, "'%s' could be any of %s", word, list.ptr);
	iv_buf_release(&list);
	return IV_EAMBIGUOUS;
}

/* ---- the questions ---- */

static int find(struct iv_places *out, struct iv_index *index, const char *word,
		struct iv_error *error)
{
	struct iv_arena *scratch = iv_arena_new();
	struct iv_str key = iv_fold(scratch, iv_str_trim(iv_str_of(word)));
	size_t before = out->count;
	int rc = ask(out, index, exact_sql, key, word, error);

	if (!rc && out->count == before)
		rc = ask(out, index, part_sql, key, word, error);
	if (!rc && out->count == before)
		rc = not_found(index, key, word, error);
	else if (!rc && out->count > before + 1)
		rc = ambiguous(out, before, word, error);
	if (rc)
		out->count = before;
	iv_arena_free(scratch);
	return rc;
}

int iv_index_place(struct iv_places *out, struct iv_index *index, const char *word,
		   struct iv_error *error)
{
	int rc;

	if (!out->memory)
		out->memory = iv_arena_new();
	while ((rc = find(out, index, word, error)) && iv_index_retry(index, error))
		;
	return rc;
}

int iv_index_targets(struct iv_places *out, struct iv_index *index, struct iv_error *error)
{
	struct iv_str none = {NULL, 0};
	size_t before = out->count;
	int rc;

	if (!out->memory)
		out->memory = iv_arena_new();
	while ((rc = ask(out, index, targets_sql, none, NULL, error)) &&
	       iv_index_retry(index, error))
		out->count = before;
	return rc;
}

void iv_places_release(struct iv_places *places)
{
	if (places->memory)
		iv_arena_free(places->memory);
	*places = (struct iv_places){0};
}
