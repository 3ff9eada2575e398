/*
 * printf() of SQL without what makes one call of SQLite's own last for minutes: `%*d`, and widths
 * and precisions of more than two digits.
 */
#include <string.h>

#include "base/str.h"
#include "index/handle.h"

#define SPEC_MAX 16 /* "%-+ 0,#99.99lld" and a NUL */

struct format {
	sqlite3_str *out;
	sqlite3_value **args;
	int count;
};

static size_t digits(const char *text)
{
	size_t count = 0;

	while (iv_is_digit((unsigned char)text[count]))
		count++;
	return count;
}

/* Flags, width and precision behind a '%': how long they are, or SIZE_MAX. */
static size_t measure(const char *spec)
{
	size_t flags = strspn(spec, "-+ 0,#"), width = digits(&spec[flags]), precision = 0;
	size_t end = flags + width;

	if (spec[end] == '.') {
		precision = digits(&spec[end + 1]);
		end += 1 + precision;
	}
	return flags > 6 || width > 2 || precision > 2 ? SIZE_MAX : end;
}

static void add(struct format *format, const char *flags, size_t len, char type)
{
	sqlite3_value *value = format->count ? *format->args : NULL;
	char spec[SPEC_MAX + 4];
	bool is_number = type == 'd' || type == 'i' || type == 'x' || type == 'X';

	spec[0] = '%';
	memcpy(&spec[1], flags, len);
	sqlite3_snprintf((int)(sizeof(spec) - len - 1), &spec[len + 1], "%s%c",
			 is_number ? "ll" : "", type);
	if (is_number)
		sqlite3_str_appendf(format->out, spec, value ? sqlite3_value_int64(value) : 0);
	else if (type == 's')
		sqlite3_str_appendf(format->out, spec,
				    value ? (const char *)sqlite3_value_text(value) : "");
	else
		sqlite3_str_appendf(format->out, spec, value ? sqlite3_value_double(value) : 0.0);
	if (format->count) {
		format->count--;
		format->args++;
	}
}

/* What stands behind a '%', up to its end; NULL when that is not understood. */
static const char *convert(struct format *format, const char *text)
{
	size_t len = measure(text);
	char type = len == SIZE_MAX ? '\0' : text[len];

	if (type == '%')
		sqlite3_str_appendchar(format->out, 1, '%');
	else if (type && strchr("dixXfegs", type))
		add(format, text, len, type);
	else
		return NULL;
	return text + len + 1;
}

static void answer(sqlite3_context *context, sqlite3_str *out)
{
	int code = sqlite3_str_errcode(out);
	char *text = sqlite3_str_finish(out);

	if (code == SQLITE_TOOBIG)
		sqlite3_result_error_toobig(context);
	else if (code)
		sqlite3_result_error_nomem(context);
	else
		sqlite3_result_text(context, text ? text : "", -1, SQLITE_TRANSIENT);
	sqlite3_free(text);
}

void iv_sql_printf(sqlite3_context *context, int count, sqlite3_value **args)
{
	const char *text = count ? (const char *)sqlite3_value_text(args[0]) : NULL;
	struct format format = {NULL, args + 1, count - 1};

	if (!text || iv_guard_stops(context, strlen(text)))
		return;
	format.out = sqlite3_str_new(sqlite3_context_db_handle(context));
	while (text && *text) {
		size_t plain = strcspn(text, "%");

		sqlite3_str_append(format.out, text, (int)plain);
		text = text[plain] ? convert(&format, text + plain + 1) : text + plain;
	}
	if (text) {
		answer(context, format.out);
		return;
	}
	sqlite3_free(sqlite3_str_finish(format.out));
	sqlite3_result_error(
		context, "printf() takes %d, %x, %f, %e, %g and %s, and widths of two digits", -1);
}
