/* search: the lines of the notes that hold words or match a pattern. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/frame/query.h"
#include "vault/search.h"
#include "view/hits.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"where", 'w', "QUERY", "only in notes that QUERY chooses, as for list", OPTION_TEXT, NULL},
	{0},
};

static const char *const formats[] = {"text", "json", "jsonl", NULL};

const struct command cmd_search = {
	.name = "search",
	.group = GROUP_ASK,
	.summary = "find lines that hold words or match /REGEX/",
	.usage = "[-w QUERY] WORD ... | /REGEX/[i]",
	.options = options,
	.formats = formats,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_TEXT},
	.needs = CMD_SOURCE,
	.run = run,
};

/* ---- what is looked for ---- */

/* `/REGEX/` or `/REGEX/i`: what stands between the slashes; else absent. */
static struct iv_str pattern_of(const char *word, bool *ignore_case)
{
	struct iv_str text = iv_str_of(word);
	*ignore_case = iv_str_ends(text, "/i");
	if (*ignore_case)
		text.len--;
	if (text.len < 3 || !iv_str_starts(text, "/") || !iv_str_ends(text, "/"))
		return (struct iv_str){NULL, 0};
	return iv_str_slice(text, 1, text.len - 1);
}

static int check_words(const struct cmd *cmd, int count, char **words)
{
	bool ignore_case;
	for (int i = 0; i < count; i++) {
		if (!*words[i])
			return cmd_usage(cmd, "a word to search for is empty");
		if (count > 1 && pattern_of(words[i], &ignore_case).ptr)
			return cmd_usage(cmd,
					 "a /REGEX/ stands alone, not beside other words: '%s'",
					 words[i]);
	}
	return 0;
}

static int compile(struct iv_search **out, struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	bool ignore_case;
	struct iv_str pattern = pattern_of(words[0], &ignore_case);
	int rc = pattern.ptr
			 ? iv_search_pattern(out, pattern, ignore_case, &error)
			 : iv_search_words(out, (const char *const *)words, (size_t)count, &error);
	if (rc != IV_EINPUT)
		return rc ? cmd_fail(cmd, &error) : CMD_OK;
	int status = cmd_usage(cmd, "%s", error.message);
	iv_error_release(&error);
	return status;
}

/* ---- where ---- */

static int compare_paths(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void keep_rows(struct iv_listing *listing, const struct iv_rows *rows)
{
	const char **paths = iv_calloc(rows->count + 1, sizeof(*paths));
	size_t kept = 0;
	for (size_t i = 0; i < rows->count; i++)
		paths[i] = rows->rows[i].path;
	qsort(paths, rows->count, sizeof(*paths), compare_paths);
	for (size_t i = 0; i < listing->count; i++)
		if (bsearch(&listing->entries[i].path, paths, rows->count, sizeof(*paths),
			    compare_paths))
			listing->entries[kept++] = listing->entries[i];
	listing->count = kept;
	free(paths);
}

/* Leaves in the listing only what the query chooses. */
static int restrict_to(struct iv_listing *listing, struct cmd *cmd, const char *query)
{
	struct iv_rows rows = {0};
	int status = cmd_open(cmd, CMD_INDEX);
	if (!status)
		status = query_rows(&rows, cmd, query);
	if (!status)
		keep_rows(listing, &rows);
	if (!status && !rows.count)
		query_say_slips(cmd, query);
	iv_rows_release(&rows);
	return status;
}

static int choose(struct iv_listing *listing, struct cmd *cmd)
{
	struct iv_error error = IV_ERROR_INIT;
	const char *query = cmd_text(cmd, "where");
	if (cmd->source->list(cmd->source, listing, &error))
		return cmd_fail(cmd, &error);
	return query ? restrict_to(listing, cmd, query) : CMD_OK;
}

/* ---- what was found ---- */

static void show_text(struct cmd *cmd, const struct iv_hits *hits)
{
	const char *last = NULL;
	char *path = NULL;
	for (size_t i = 0; i < hits->count; i++) {
		const struct iv_hit *hit = &hits->items[i];
		if (hit->path != last) {
			free(path);
			path = cmd_relative(cmd, hit->path);
			last = hit->path;
		}
		iv_view_hit(&cmd->out, path, hit->pos, hit->line);
		cmd_drain(cmd);
	}
	free(path);
}

static void show_json(struct cmd *cmd, const struct iv_hits *hits, bool lines)
{
	if (!lines)
		query_json_begin(cmd, "hits");
	for (size_t i = 0; i < hits->count; i++) {
		const struct iv_hit *hit = &hits->items[i];
		if (!lines)
			iv_buf_puts(&cmd->out, i ? ",\n" : "\n");
		iv_view_hit_json(&cmd->out, hit->path, hit->pos, hit->line, lines);
		if (lines)
			iv_buf_putc(&cmd->out, '\n');
		cmd_drain(cmd);
	}
	if (!lines)
		query_json_end(cmd, hits->count);
}

static int show(struct cmd *cmd, const struct iv_hits *hits)
{
	if (strcmp(cmd->format, "text") == 0)
		show_text(cmd, hits);
	else
		show_json(cmd, hits, strcmp(cmd->format, "jsonl") == 0);
	cmd_flush(cmd);
	for (size_t i = 0; i < hits->miss_count; i++) {
		char *path = cmd_relative(cmd, hits->misses[i].path);
		cmd_warn(cmd, "%s: %s", path, hits->misses[i].message);
		free(path);
	}
	if (hits->miss_count)
		return CMD_FAILED;
	if (hits->count)
		return CMD_OK;
	cmd_say(cmd, "nothing found");
	return CMD_FOUND;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_search *search = NULL;
	struct iv_listing listing = {0};
	struct iv_hits hits = {0};
	int status = check_words(cmd, count, words);
	if (!status)
		status = compile(&search, cmd, count, words);
	if (!status)
		status = choose(&listing, cmd);
	if (!status &&
	    iv_search_run(&hits, search, cmd->source, listing.entries, listing.count, &error))
		status = cmd_fail(cmd, &error);
	else if (!status)
		status = show(cmd, &hits);
	iv_hits_release(&hits);
	iv_listing_release(&listing);
	iv_search_free(search);
	return status;
}
