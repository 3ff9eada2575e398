/* The SQL functions of rules: REGEXP, plus() and setting(). */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pattern.h"
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
	struct iv_buf message = IV_BUF_INIT;

	if (!iv_pattern_new(&regexp->pattern, pattern, true, &error)) {
		regexp->match = iv_match_new(regexp->pattern);
		sqlite3_set_auxdata(context, 0, regexp, regexp_free);
		/* Read it back: SQLite may have freed it at once. */
		return sqlite3_get_auxdata(context, 0);
	}
	iv_buf_printf(&message, "pattern '%.*s': %s", IV_STR_ARG(pattern), error.message);
	sqlite3_result_error(context, message.ptr, (int)message.len);
	iv_buf_release(&message);
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
	if (!pattern.ptr || !text.ptr)
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

int iv_functions_install(struct iv_db *db)
{
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int code = sqlite3_create_function_v2(db->handle, "regexp", 2, flags, db, sql_regexp, NULL,
					      NULL, NULL);
	if (!code)
		code = sqlite3_create_function_v2(db->handle, "plus", 2, flags, db, sql_plus, NULL,
						  NULL, NULL);
	if (!code)
		code = sqlite3_create_function_v2(db->handle, "setting", 1, flags, db, sql_setting,
						  NULL, NULL, NULL);
	return code;
}

int iv_db_functions(struct iv_db *db, iv_setting_fn lookup, void *data, struct iv_error *error)
{
	(void)error;
	db->lookup = lookup;
	db->lookup_data = data;
	read_holidays(db);
	return 0;
}
