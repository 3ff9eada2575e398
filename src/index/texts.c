/*
 * SQLite's functions of texts whose one call may take ten milliseconds and more, with a look at the
 * clock: it looks itself only where a statement jumps back, and calls in a row have no such place.
 */
#include <string.h>

#include "base/str.h"
#include "index/handle.h"

static struct iv_str text_arg(sqlite3_value *value)
{
	struct iv_str out = {(const char *)sqlite3_value_text(value), 0};

	if (out.ptr)
		out.len = (size_t)sqlite3_value_bytes(value);
	return out;
}

/* About how many steps it takes to look for one text in another. */
static uint64_t steps_to_find(struct iv_str wanted, struct iv_str text)
{
	return (uint64_t)text.len * wanted.len / 256 + text.len / 4;
}

static bool is_inside(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* ---- instr, replace ---- */

/* Counts characters, and of two blobs bytes. */
static void sql_instr(sqlite3_context *context, int count, sqlite3_value **args)
{
	bool bytes = sqlite3_value_type(args[0]) == SQLITE_BLOB &&
		     sqlite3_value_type(args[1]) == SQLITE_BLOB;
	struct iv_str text = text_arg(args[0]), wanted = text_arg(args[1]);
	size_t at;
	int number = 1;

	(void)count;
	if (!text.ptr || !wanted.ptr || iv_guard_stops(context, steps_to_find(wanted, text)))
		return;
	at = iv_str_find(text, wanted);
	for (size_t i = 1; at != SIZE_MAX && i <= at; i++)
		number += bytes || !is_inside(text.ptr[i]);
	sqlite3_result_int(context, at == SIZE_MAX ? 0 : number);
}

static void answer(sqlite3_context *context, sqlite3_str *out)
{
	int code = sqlite3_str_errcode(out), length = sqlite3_str_length(out);
	char *text = sqlite3_str_finish(out);

	if (code == SQLITE_TOOBIG)
		sqlite3_result_error_toobig(context);
	else if (code)
		sqlite3_result_error_nomem(context);
	else
		sqlite3_result_text(context, text ? text : "", length, SQLITE_TRANSIENT);
	sqlite3_free(text);
}

static void sql_replace(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_str rest = text_arg(args[0]), wanted = text_arg(args[1]), by = text_arg(args[2]);
	sqlite3_str *out;
	size_t at;

	(void)count;
	if (!rest.ptr || !wanted.ptr || (wanted.len && !by.ptr) ||
	    iv_guard_stops(context, steps_to_find(wanted, rest)))
		return;
	if (!wanted.len || iv_str_find(rest, wanted) == SIZE_MAX) {
		sqlite3_result_value(context, args[0]);
		return;
	}
	out = sqlite3_str_new(sqlite3_context_db_handle(context));
	while ((at = iv_str_find(rest, wanted)) != SIZE_MAX) {
		sqlite3_str_append(out, rest.ptr, (int)at);
		sqlite3_str_append(out, by.ptr, (int)by.len);
		rest = iv_str_slice(rest, at + wanted.len, rest.len);
	}
	sqlite3_str_append(out, rest.ptr, (int)rest.len);
	answer(context, out);
}

/* ---- trim ---- */

static size_t first_character(struct iv_str text)
{
	size_t len = text.len > 0;

	while (len && len < text.len && is_inside(text.ptr[len]))
		len++;
	return len;
}

/* How long a character of `set` is that `text` begins with, or ends with; 0 for none. */
static size_t trimmed(struct iv_str text, struct iv_str set, bool end)
{
	size_t len;

	for (; (len = first_character(set)); set = iv_str_slice(set, len, set.len))
		if (len <= text.len &&
		    !memcmp(set.ptr, end ? text.ptr + text.len - len : text.ptr, len))
			return len;
	return 0;
}

static void trim(sqlite3_context *context, sqlite3_value **args, bool left, bool right)
{
	struct iv_str text = text_arg(args[0]), set = text_arg(args[1]);
	size_t len;

	if (!text.ptr || !set.ptr)
		return;
	while (left && (len = trimmed(text, set, false))) {
		text = iv_str_slice(text, len, text.len);
		if (iv_guard_stops(context, set.len / 8))
			return;
	}
	while (right && (len = trimmed(text, set, true))) {
		text.len -= len;
		if (iv_guard_stops(context, set.len / 8))
			return;
	}
	sqlite3_result_text(context, text.ptr, (int)text.len, SQLITE_TRANSIENT);
}

static void sql_trim(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	trim(context, args, true, true);
}

static void sql_ltrim(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	trim(context, args, true, false);
}

static void sql_rtrim(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	trim(context, args, false, true);
}

/* ---- LIKE, GLOB ---- */

/* The pattern comes first; false where there is nothing to compare. */
static bool can_compare(sqlite3_context *context, sqlite3_value **args)
{
	sqlite3 *handle = sqlite3_context_db_handle(context);
	int most = sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, -1);

	if (sqlite3_value_bytes(args[0]) > most) {
		sqlite3_result_error(context, "LIKE or GLOB pattern too complex", -1);
		return false;
	}
	return sqlite3_value_text(args[0]) && sqlite3_value_text(args[1]) &&
	       !iv_guard_stops(context, (uint64_t)sqlite3_value_bytes(args[0]) *
						(uint64_t)sqlite3_value_bytes(args[1]) / 32);
}

static void sql_like(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_str escape = count > 2 ? text_arg(args[2]) : IV_LIT("");
	unsigned character = 0;

	if (!escape.ptr || !can_compare(context, args))
		return;
	if (count > 2 && (!escape.len || escape.len > 1 || is_inside(*escape.ptr))) {
		sqlite3_result_error(context, "ESCAPE takes one ASCII character", -1);
		return;
	}
	if (count > 2)
		character = (unsigned char)*escape.ptr;
	sqlite3_result_int(context,
			   !sqlite3_strlike((const char *)sqlite3_value_text(args[0]),
					    (const char *)sqlite3_value_text(args[1]), character));
}

static void sql_glob(sqlite3_context *context, int count, sqlite3_value **args)
{
	(void)count;
	if (can_compare(context, args))
		sqlite3_result_int(context,
				   !sqlite3_strglob((const char *)sqlite3_value_text(args[0]),
						    (const char *)sqlite3_value_text(args[1])));
}

int iv_texts_install(struct iv_db *db)
{
	static const struct {
		const char *name;
		int args;
		void (*call)(sqlite3_context *context, int count, sqlite3_value **args);
	} functions[] = {
		{"instr", 2, sql_instr}, {"replace", 3, sql_replace}, {"trim", 2, sql_trim},
		{"ltrim", 2, sql_ltrim}, {"rtrim", 2, sql_rtrim},     {"like", 2, sql_like},
		{"like", 3, sql_like},   {"glob", 2, sql_glob},
	};
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, code = SQLITE_OK;

	for (size_t i = 0; !code && i < sizeof(functions) / sizeof(*functions); i++)
		code = sqlite3_create_function_v2(db->handle, functions[i].name, functions[i].args,
						  flags, db, functions[i].call, NULL, NULL, NULL);
	return code;
}
