#include "cmd/frame/query.h"

#include <ivnotes/view.h>

char *query_join(int count, char **words)
{
	struct iv_buf text = IV_BUF_INIT;
	for (int i = 0; i < count; i++)
		iv_buf_printf(&text, "%s%s", i ? " " : "", words[i]);
	return iv_buf_detach(&text);
}

int query_rows(struct iv_rows *out, struct cmd *cmd, const char *query)
{
	struct iv_error error = IV_ERROR_INIT;
	int rc = iv_index_query(out, cmd->index, query, &error);
	if (rc != IV_EINPUT)
		return rc ? cmd_fail(cmd, &error) : CMD_OK;
	int status = cmd_usage(cmd, "%s", error.message);
	iv_error_release(&error);
	return status;
}

void query_json_begin(struct cmd *cmd, const char *name)
{
	iv_buf_printf(&cmd->out, "{\"version\":%d,\"%s\":[", IV_VIEW_SCHEMA, name);
}

void query_json_end(struct cmd *cmd, size_t count)
{
	iv_buf_puts(&cmd->out, count ? "\n]}\n" : "]}\n");
}
