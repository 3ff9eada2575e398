/* graph: who led to whom. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/cmd.h"
#include "view/graph.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"up", 'u', NULL, "how you came to these people, not whom they led to", OPTION_FLAG, NULL},
	{0},
};

static const char *const formats[] = {"tree", "dot", "mermaid", "json", NULL};

const struct command cmd_graph = {
	.name = "graph",
	.group = GROUP_ASK,
	.summary = "show who led to whom",
	.usage = "[-u] [REF ...]",
	.options = options,
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_CONTACT},
	.needs = CMD_INDEX,
	.run = run,
};

static void show(struct cmd *cmd, const struct iv_graph_part *part)
{
	if (strcmp(cmd->format, "dot") == 0)
		iv_graph_dot(&cmd->out, part);
	else if (strcmp(cmd->format, "mermaid") == 0)
		iv_graph_mermaid(&cmd->out, part);
	else if (strcmp(cmd->format, "json") == 0)
		iv_graph_json(&cmd->out, part);
	else
		iv_graph_tree(&cmd->out, part, "");
}

static int find_knot(size_t *out, const struct iv_graph *graph, const char *path, const char *word,
		     struct iv_error *error)
{
	for (*out = 0; *out < graph->count; ++*out)
		if (graph->knots[*out].path && strcmp(graph->knots[*out].path, path) == 0)
			return 0;
	return iv_error_set(error, IV_ENOTFOUND,
			    "'%s' was neither asked nor met, named nobody and was named by nobody",
			    word);
}

/* The knots of the words, each once; without words all roots. */
static size_t *find_all(size_t *found, struct cmd *cmd, const struct iv_graph *graph, int count,
			char **words, struct iv_error *error)
{
	size_t *knots;

	if (!count)
		return iv_graph_roots(found, graph);
	knots = iv_calloc((size_t)count, sizeof(*knots));
	for (int i = 0; i < count; i++) {
		size_t at = 0, same = 0;
		char *path = NULL;
		int rc = cmd_resolve_as(&path, cmd, words[i], 1u << IV_TYPE_CONTACT, error);

		if (!rc)
			rc = find_knot(&at, graph, path, words[i], error);
		free(path);
		if (rc) {
			free(knots);
			return NULL;
		}
		while (same < *found && knots[same] != at)
			same++;
		knots[same] = at;
		*found += same == *found;
	}
	return knots;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_graph graph = {0};
	struct iv_graph_part part = {.graph = &graph,
				     .up = count && cmd_has(cmd, "up"),
				     .color = cmd->color,
				     .today = cmd->today};
	int status = CMD_OK;
	size_t *knots = NULL;

	if (iv_graph_read(&graph, cmd->index, cmd->rules, cmd->today, &error))
		return cmd_fail(cmd, &error);
	part.knots = knots = find_all(&part.count, cmd, &graph, count, words, &error);
	if (!knots) {
		status = error.code == IV_ENOTFOUND ? CMD_FOUND : CMD_FAILED;
		cmd_fail(cmd, &error);
	} else {
		show(cmd, &part);
		if (!graph.count) {
			cmd_say(cmd, "nobody was asked or met, and nobody named anybody");
			status = CMD_FOUND;
		}
	}
	free(knots);
	iv_graph_release(&graph);
	return status;
}
