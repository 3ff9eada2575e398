/* stats: the figures of the search. */
#include <string.h>

#include "cmd/cmd.h"
#include "view/stats.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const groups[] = {"source", "organization", "via", "week", NULL};

static const struct cmd_option options[] = {
	{"since", 0, "DATE", "what was asked, and whom you met, from that day on", OPTION_DAY_BACK,
	 NULL},
	{"until", 0, "DATE", "up to that day, itself included", OPTION_DAY_BACK, NULL},
	{"by", 0, "GROUP", "requests by source, organization, via or week", OPTION_CHOICE, groups},
	{0},
};

static const char *const formats[] = {"text", "json", "csv", NULL};

const struct command cmd_stats = {
	.name = "stats",
	.group = GROUP_ASK,
	.summary = "count what was asked and what came of it",
	.usage = "[--since DATE] [--until DATE] [--by GROUP]",
	.options = options,
	.formats = formats,
	.operands = {OPERAND_NONE},
	.needs = CMD_INDEX,
	.run = run,
};

static enum iv_stats_by by_of(const struct cmd *cmd)
{
	const char *by = cmd_text(cmd, "by");

	for (int i = IV_BY_SOURCE; by && i <= IV_BY_WEEK; i++)
		if (strcmp(by, iv_stats_by_word((enum iv_stats_by)i)) == 0)
			return (enum iv_stats_by)i;
	return IV_BY_NOTHING;
}

static void show(struct cmd *cmd, const struct iv_stats *stats)
{
	if (strcmp(cmd->format, "json") == 0)
		iv_stats_json(&cmd->out, stats);
	else if (strcmp(cmd->format, "csv") == 0)
		iv_stats_csv(&cmd->out, stats);
	else
		iv_stats_text(&cmd->out, stats);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_tally tally = {0};
	struct iv_graph graph = {0};
	struct iv_stats stats = {
		.tally = &tally,
		.graph = &graph,
		.from = cmd_day(cmd, "since", IV_NO_DAY),
		.to = cmd_day(cmd, "until", IV_NO_DAY),
		.today = cmd->today,
		.by = by_of(cmd),
		.color = cmd->color,
	};
	int rc;

	(void)count, (void)words;
	if (stats.from != IV_NO_DAY && stats.to != IV_NO_DAY && stats.from > stats.to)
		return cmd_usage(cmd, "--since is after --until");
	rc = iv_tally_read(&tally, cmd->index, cmd->rules, stats.from, stats.to, cmd->today,
			   &error);
	if (!rc)
		rc = iv_graph_read(&graph, cmd->index, cmd->rules, cmd->today, &error);
	if (!rc)
		show(cmd, &stats);
	iv_tally_release(&tally);
	iv_graph_release(&graph);
	return rc ? cmd_fail(cmd, &error) : CMD_OK;
}
