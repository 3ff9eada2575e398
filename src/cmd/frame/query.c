#include "cmd/frame/query.h"

#include <string.h>

#include <ivnotes/view.h>

#include "cmd/frame/frame.h"
#include "index/query.h"
#include "note/fields.h"

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

/* ---- slips ---- */

static bool is_known(const struct cmd *cmd, struct iv_str key)
{
	const char *made;
	for (size_t i = 0; (made = iv_query_key(i)); i++)
		if (iv_str_is(key, made))
			return true;
	return iv_field_of_any(key) || iv_field_of_own(iv_config_syntax(cmd->config), key);
}

/* Does a note have that key, one of its owner's? */
static bool is_used(const struct cmd *cmd, struct iv_str key)
{
	struct iv_buf query = IV_BUF_INIT;
	struct iv_rows rows = {0};
	iv_buf_printf(&query, "%.*s:*", IV_STR_ARG(key));
	bool used = iv_index_query(&rows, cmd->index, query.ptr, NULL) || rows.count;
	iv_rows_release(&rows);
	iv_buf_release(&query);
	return used;
}

const char *query_meant(const struct cmd *cmd, struct iv_str key)
{
	struct iv_arena *arena = cmd->own->arena;
	struct iv_meant meant = {.word = iv_fold_key(arena, key)};
	if (is_known(cmd, meant.word))
		return "";
	for (size_t i = 0; iv_query_key(i); i++)
		iv_meant_offer(&meant, iv_str_of(iv_query_key(i)));
	for (size_t i = 0; i < iv_field_count; i++) {
		iv_meant_offer(&meant, iv_str_of(iv_fields[i].name));
		if (iv_fields[i].aliases)
			iv_meant_offer_all(&meant, iv_fields[i].aliases);
	}
	return meant.count ? iv_arena_printf(arena, ", %s", cmd_meant(cmd, &meant)).ptr : "";
}

static void say_type(struct cmd *cmd, struct iv_str value)
{
	struct iv_meant meant = {.word = value};
	for (int type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
		iv_meant_offer(&meant, iv_str_of(iv_type_word((enum iv_type)type)));
	if (meant.count && iv_type_of(iv_config_syntax(cmd->config), value) == IV_TYPE_NONE)
		cmd_say(cmd, "'%.*s' is no type of note, %s", IV_STR_ARG(value),
			cmd_meant(cmd, &meant));
}

/* `key:value`, `-key<value`; quotes and lists of values are not looked into. */
static void say_slip(struct cmd *cmd, struct iv_arena *arena, struct iv_str term)
{
	size_t end = 0;
	if (iv_str_starts(term, "-"))
		term = iv_str_slice(term, 1, term.len);
	while (end < term.len && !strchr(":=~<>\"", term.ptr[end]))
		end++;
	struct iv_str key = iv_fold_key(arena, iv_str_slice(term, 0, end));
	if (!end || end == term.len || term.ptr[end] == '"')
		return;
	if (!is_known(cmd, key) && !is_used(cmd, key))
		cmd_say(cmd, "no note has a field '%.*s'%s", IV_STR_ARG(key),
			query_meant(cmd, key));
	else if (iv_str_is(key, "type") && term.ptr[end] == ':')
		say_type(cmd, iv_str_slice(term, end + 1, term.len));
}

void query_say_slips(struct cmd *cmd, const char *query)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str rest = iv_str_trim(iv_str_of(query));
	while (rest.len && !cmd->quiet) {
		struct iv_str term = iv_str_word(rest, &rest);
		say_slip(cmd, arena, term);
	}
	iv_arena_free(arena);
}

/* ---- JSON ---- */

void query_json_begin(struct cmd *cmd, const char *name)
{
	iv_buf_printf(&cmd->out, "{\"version\":%d,\"%s\":[", IV_VIEW_SCHEMA, name);
}

void query_json_end(struct cmd *cmd, size_t count)
{
	iv_buf_puts(&cmd->out, count ? "\n]}\n" : "]}\n");
}
