#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#ifndef IV_VERSION
#define IV_VERSION "0.0.0"
#endif

const char *iv_version(void)
{
	return IV_VERSION;
}

void iv_error_release(struct iv_error *error)
{
	if (!error)
		return;
	free(error->message);
	free(error->path);
	*error = (struct iv_error)IV_ERROR_INIT;
}

IV_PRINTF(1, 0) static char *format_message(const char *format, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		return iv_strdup(format);
	text = iv_malloc((size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return text;
}

/* Takes `message` over. */
static void replace_message(struct iv_error *error, char *message)
{
	free(error->message);
	error->message = message;
}

int iv_error_set(struct iv_error *error, int code, const char *format, ...)
{
	va_list args;

	if (!error)
		return code;
	va_start(args, format);
	replace_message(error, format_message(format, args));
	va_end(args);
	error->code = code;
	return code;
}

/* Replaces the message by "left: right"; both may lie in the old message. */
static void join_message(struct iv_error *error, const char *left, const char *right)
{
	struct iv_buf buf = IV_BUF_INIT;

	iv_buf_puts(&buf, left);
	iv_buf_puts(&buf, ": ");
	iv_buf_puts(&buf, right);
	replace_message(error, iv_buf_detach(&buf));
}

int iv_error_errno(struct iv_error *error, int number, const char *format, ...)
{
	char cause[128];
	va_list args;
	char *what;

	if (!error)
		return IV_EIO;
	if (strerror_r(number, cause, sizeof(cause)))
		snprintf(cause, sizeof(cause), "error %d", number);
	va_start(args, format);
	what = format_message(format, args);
	va_end(args);
	join_message(error, what, cause);
	free(what);
	return error->code = IV_EIO;
}

int iv_error_at(struct iv_error *error, const char *path, struct iv_pos pos)
{
	if (!error)
		return IV_EIO;
	if (!error->path && path)
		error->path = iv_strdup(path);
	if (!error->pos.line)
		error->pos = pos;
	return error->code;
}

int iv_error_context(struct iv_error *error, const char *format, ...)
{
	va_list args;
	char *context;

	if (!error)
		return IV_EIO;
	va_start(args, format);
	context = format_message(format, args);
	va_end(args);
	if (error->message)
		join_message(error, context, error->message);
	else
		replace_message(error, iv_strdup(context));
	free(context);
	return error->code;
}
