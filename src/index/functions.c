/* The SQL functions of rules and queries. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pattern.h"
#include "base/utf8.h"
#include "index/handle.h"

static struct iv_str text_arg(sqlite3_value *value)
{
	const char *text = (const char *)sqlite3_value_text(value);
	struct iv_str out = {text, 0};
	if (text)
		out.len = (size_t)sqlite3_value_bytes(value);
	return out;
}

/* ---- REGEXP ---- */

/* A compiled pattern, which SQLite keeps as long as the statement has the same pattern. */
struct regexp {
	struct iv_pattern *pattern;
	struct iv_match *match;
};

static void regexp_free(void *data)
{
	struct regexp *regexp = data;
	iv_match_free(regexp->match);
	iv_pattern_free(regexp->pattern);
	free(regexp);
}

static struct regexp *regexp_new(sqlite3_context *context, struct iv_str pattern)
{
	struct iv_error error = IV_ERROR_INIT;
	struct regexp *regexp = iv_calloc(1, sizeof(*regexp));

	if (!iv_pattern_new(&regexp->pattern, pattern, true, &error)) {
		regexp->match = iv_match_new(regexp->pattern);
		sqlite3_set_auxdata(context, 0, regexp, regexp_free);
		/* Read it back: SQLite may have freed it at once. */
		return sqlite3_get_auxdata(context, 0);
	}
	sqlite3_result_error(context, error.message, -1);
	iv_error_release(&error);
	free(regexp);
	return NULL;
}

/* `text REGEXP pattern` calls regexp(pattern, text). */
static void sql_regexp(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_str pattern = text_arg(args[0]), text = text_arg(args[1]);
	struct regexp *regexp = sqlite3_get_auxdata(context, 0);
	size_t start, end;
	int found;

	(void)count;
	if (!pattern.ptr || !text.ptr || iv_guard_stops(context, text.len))
		return;
	if (!regexp)
		regexp = regexp_new(context, pattern);
	if (!regexp)
		return;
	found = iv_pattern_find(regexp->pattern, regexp->match, text, 0, false, &start, &end);
	if (found == IV_ELIMIT)
		sqlite3_result_error(context, "a pattern took too many steps", -1);
	else
		sqlite3_result_int(context, found == 1);
}

/* ---- plus ---- */

static int compare_days(const void *a, const void *b)
{
	iv_day left = *(const iv_day *)a, right = *(const iv_day *)b;
	return (left > right) - (left < right);
}

static void read_holidays(struct iv_db *db)
{
	const char *text = db->lookup ? db->lookup(db->lookup_data, "holidays") : NULL;
	struct iv_str rest = iv_str_of(text);
	size_t capacity = 0;

	free(db->holidays);
	db->holidays = NULL;
	db->holiday_count = 0;
	while (rest.len > 0) {
		size_t comma = iv_str_find_char(rest, ',');
		size_t end = comma == SIZE_MAX ? rest.len : comma;
		iv_day day;
		if (iv_day_parse(&day, iv_str_trim(iv_str_slice(rest, 0, end)))) {
			IV_GROW(db->holidays, db->holiday_count, capacity);
			db->holidays[db->holiday_count++] = day;
		}
		rest = iv_str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
	}
	if (db->holiday_count > 1)
		qsort(db->holidays, db->holiday_count, sizeof(*db->holidays), compare_days);
}

static void sql_plus(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_db *db = sqlite3_user_data(context);
	struct iv_holidays holidays = {db->holidays, db->holiday_count};
	struct iv_span span;
	iv_day day;
	char text[11];

	(void)count;
	if (!iv_day_parse(&day, text_arg(args[0])) || !iv_span_parse(&span, text_arg(args[1])))
		return;
	day = iv_day_plus(day, span, &holidays);
	if (day == IV_NO_DAY)
		return;
	iv_day_format(text, day);
	sqlite3_result_text(context, text, 10, SQLITE_TRANSIENT);
}

/* ---- setting ---- */

static void sql_setting(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_db *db = sqlite3_user_data(context);
	const char *key = (const char *)sqlite3_value_text(args[0]);
	const char *text = key && db->lookup ? db->lookup(db->lookup_data, key) : NULL;

	(void)count;
	if (text)
		sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* ---- no_rule ---- */

static void sql_no_rule(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_db *db = sqlite3_user_data(context);
	struct iv_str id = text_arg(args[0]);
	struct iv_buf hint = IV_BUF_INIT;

	(void)count;
	if (id.ptr && db->hint && db->hint(db->lookup_data, id, &hint))
		sqlite3_result_text64(context, hint.ptr, hint.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	iv_buf_release(&hint);
}

/* ---- comparing, for queries ---- */

static void sql_fold(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_str text = text_arg(args[0]);
	struct iv_arena *arena;

	(void)count;
	if (!text.ptr)
		return;
	arena = iv_arena_new();
	text = iv_fold(arena, iv_str_trim(text));
	sqlite3_result_text64(context, text.ptr, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	iv_arena_free(arena);
}

/* A number: all of the text, or its first word where that is a duration. */
static bool read_number(double *out, struct iv_str text)
{
	struct iv_str rest, word = iv_str_word(text, &rest);
	char copy[64], *end;
	int minutes;

	if (text.len == 0 || text.len >= sizeof(copy))
		return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	if (iv_is_digit(text.ptr[0]) || strchr("+-.", text.ptr[0])) {
		*out = strtod(copy, &end);
		if (!*end)
			return true;
	}
	if (!iv_minutes_parse(&minutes, word))
		return false;
	*out = minutes;
	return true;
}

/* Starts with a year and a month, as days do. */
static bool starts_like_day(struct iv_str text)
{
	return text.len >= 7 && iv_is_digit(text.ptr[0]) && iv_is_digit(text.ptr[3]) &&
	       text.ptr[4] == '-' && iv_is_digit(text.ptr[5]) && iv_is_digit(text.ptr[6]);
}

static int sign_of(double difference)
{
	return (difference > 0) - (difference < 0);
}

/* Below, at or above zero as the text is before, like or after the value; NULL: not comparable. */
static void sql_collate(sqlite3_context *context, int count, sqlite3_value **args)
{
	struct iv_str text = text_arg(args[0]), value = text_arg(args[1]);
	double left, right;

	(void)count;
	if (!text.ptr || !value.ptr)
		return;
	text = iv_str_trim(text);
	if (starts_like_day(value)) {
		if (starts_like_day(text))
			sqlite3_result_int(context,
					   iv_str_cmp(iv_str_slice(text, 0, value.len), value));
	} else if (read_number(&right, value)) {
		if (starts_like_day(text))
			sqlite3_result_int(context,
					   iv_str_cmp(iv_str_slice(text, 0, value.len), value));
		else if (read_number(&left, text))
			sqlite3_result_int(context, sign_of(left - right));
	} else {
		struct iv_arena *arena = iv_arena_new();
		sqlite3_result_int(context,
				   iv_str_cmp(iv_fold(arena, text), iv_fold(arena, value)));
		iv_arena_free(arena);
	}
}

int iv_functions_install(struct iv_db *db)
{
	static const struct {
		const char *name;
		int args;
		void (*call)(sqlite3_context *context, int count, sqlite3_value **args);
	} functions[] = {
		{"regexp", 2, sql_regexp},          {"plus", 2, sql_plus},
		{"setting", 1, sql_setting},        {"fold", 1, sql_fold},
		{"collate_values", 2, sql_collate}, {"printf", -1, iv_sql_printf},
		{"format", -1, iv_sql_printf},      {"no_rule", 1, sql_no_rule},
	};
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int code = SQLITE_OK;

	for (size_t i = 0; !code && i < sizeof(functions) / sizeof(*functions); i++)
		code = sqlite3_create_function_v2(db->handle, functions[i].name, functions[i].args,
						  flags, db, functions[i].call, NULL, NULL, NULL);
	code = code ? code : iv_texts_install(db);
	return code ? code : iv_matches_install(db);
}

void iv_db_functions(struct iv_db *db, iv_setting_fn lookup, iv_hint_fn hint, void *data)
{
	db->lookup = lookup;
	db->hint = hint;
	db->spent = 0;
	db->lookup_data = data;
	iv_matches_forget(db);
	read_holidays(db);
}
