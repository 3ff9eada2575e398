/* matches() of rules: a text, and patterns that a setting has. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/patterns.h"
#include "base/utf8.h"
#include "index/handle.h"
#include "note/plain.h"

struct set {
	char *key;
	struct iv_patterns *patterns;
};

/* The patterns that were asked for, and the text that was last asked about. */
struct iv_matcher {
	struct set *sets;
	size_t count, capacity;
	struct iv_buf source, plain, rest;
	struct iv_gist gist;
};

void iv_matches_forget(struct iv_db *db)
{
	struct iv_matcher *matcher = db->matcher;

	if (!matcher)
		return;
	for (size_t i = 0; i < matcher->count; i++) {
		iv_patterns_free(matcher->sets[i].patterns);
		free(matcher->sets[i].key);
	}
	free(matcher->sets);
	iv_buf_release(&matcher->source);
	iv_buf_release(&matcher->plain);
	iv_buf_release(&matcher->rest);
	free(matcher);
	db->matcher = NULL;
}

/* NULL for a setting that does not exist. */
static struct iv_patterns *patterns_of(struct iv_db *db, const char *key)
{
	struct iv_matcher *matcher = db->matcher;
	const char *lines;

	for (size_t i = 0; i < matcher->count; i++)
		if (!strcmp(matcher->sets[i].key, key))
			return matcher->sets[i].patterns;
	lines = db->lookup ? db->lookup(db->lookup_data, key) : NULL;
	if (!lines)
		return NULL;
	IV_GROW(matcher->sets, matcher->count, matcher->capacity);
	matcher->sets[matcher->count] =
		(struct set){iv_strdup(key), iv_patterns_new(iv_str_of(lines))};
	return matcher->sets[matcher->count++].patterns;
}

/* Rules ask several things of one text, one after the other. */
static void read_text(struct iv_matcher *matcher, struct iv_str text)
{
	if (matcher->source.len && iv_str_eq(iv_buf_view(&matcher->source), text))
		return;
	iv_buf_clear(&matcher->source);
	iv_buf_str(&matcher->source, text);
	iv_buf_clear(&matcher->plain);
	iv_plain_text(&matcher->plain, text);
	iv_gist_read(&matcher->gist, iv_buf_view(&matcher->plain));
}

/* Blots out whatever the patterns find. 1 when that was anything. */
static int take_out(struct iv_matcher *matcher, struct iv_patterns *except, struct iv_error *error)
{
	struct iv_str text = iv_buf_view(&matcher->plain);
	size_t from = 0, start, end;
	int rc, any = 0;

	iv_buf_clear(&matcher->rest);
	iv_buf_str(&matcher->rest, text);
	while ((rc = iv_patterns_find(except, &matcher->gist, text, from, &start, &end, error)) ==
	       1) {
		memset(matcher->rest.ptr + start, '_', end - start);
		from = end > start ? end : end + iv_utf8_next(iv_str_slice(text, end, text.len));
		any = 1;
		if (from >= text.len)
			return 1;
	}
	return rc ? rc : any;
}

static int find(struct iv_matcher *matcher, struct iv_patterns *patterns,
		struct iv_patterns *except, struct iv_error *error)
{
	size_t start, end;
	int rc = iv_patterns_find(patterns, &matcher->gist, iv_buf_view(&matcher->plain), 0, &start,
				  &end, error);

	if (rc != 1 || !except)
		return rc;
	rc = take_out(matcher, except, error);
	if (rc != 1)
		return rc ? rc : 1;
	return iv_patterns_find(patterns, &matcher->gist, iv_buf_view(&matcher->rest), 0, &start,
				&end, error);
}

static void fail(sqlite3_context *context, const char *key, struct iv_error *error)
{
	struct iv_buf message = IV_BUF_INIT;

	iv_buf_printf(&message, "'%s', line %u: %s", key, (unsigned)error->pos.line,
		      error->message);
	sqlite3_result_error(context, message.ptr, (int)message.len);
	iv_buf_release(&message);
}

static void sql_matches(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_db *db = sqlite3_user_data(context);
	const char *text = (const char *)sqlite3_value_text(args[0]), *keys[2] = {NULL, NULL};
	struct iv_patterns *patterns[2] = {NULL, NULL};
	struct iv_error error = IV_ERROR_INIT;
	int rc;

	if (!db->matcher)
		db->matcher = iv_calloc(1, sizeof(*db->matcher));
	for (int i = 0; i + 1 < count; i++) {
		keys[i] = (const char *)sqlite3_value_text(args[i + 1]);
		patterns[i] = keys[i] ? patterns_of(db, keys[i]) : NULL;
		if (!patterns[i]) {
			sqlite3_result_error(context, "matches() asks for a setting with patterns",
					     -1);
			return;
		}
	}
	if (!text || iv_guard_stops(context, (uint64_t)sqlite3_value_bytes(args[0])))
		return;
	read_text(db->matcher, (struct iv_str){text, (size_t)sqlite3_value_bytes(args[0])});
	rc = find(db->matcher, patterns[0], patterns[1], &error);
	if (rc == IV_EINPUT)
		fail(context, keys[0], &error);
	else if (rc >= 0)
		sqlite3_result_int(context, rc);
	iv_error_release(&error);
}

int iv_matches_install(struct iv_db *db)
{
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, code = SQLITE_OK;

	for (int args = 2; !code && args <= 3; args++)
		code = sqlite3_create_function_v2(db->handle, "matches", args, flags, db,
						  sql_matches, NULL, NULL, NULL);
	return code;
}
