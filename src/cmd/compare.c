/* compare: organizations side by side. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/cmd.h"
#include "cmd/frame/place.h"
#include "view/compare.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", "csv", "markdown", NULL};

const struct command cmd_compare = {
	.name = "compare",
	.group = GROUP_ASK,
	.summary = "set organizations side by side in a table",
	.usage = "[ORGANIZATION ...]",
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_ORGANIZATION},
	.needs = CMD_INDEX,
	.run = run,
};

static void show(struct cmd *cmd, const struct iv_compared *items, size_t count)
{
	if (strcmp(cmd->format, "json") == 0)
		iv_compare_json(&cmd->out, items, count, cmd->today);
	else if (strcmp(cmd->format, "csv") == 0)
		iv_compare_csv(&cmd->out, items, count);
	else if (strcmp(cmd->format, "markdown") == 0)
		iv_compare_markdown(&cmd->out, items, count);
	else if (count)
		iv_compare_text(&cmd->out, items, count);
}

static int compare(struct cmd *cmd, const struct iv_places *places, struct iv_error *error)
{
	struct iv_compared *items = iv_calloc(places->count + 1, sizeof(*items));
	int rc = 0;

	for (size_t i = 0; !rc && i < places->count; i++) {
		struct iv_dossier_query query = {
			.place = &places->items[i],
			.today = cmd->today,
			.brief = true,
		};
		items[i].place = &places->items[i];
		items[i].stance = place_stance(cmd, &places->items[i]);
		rc = iv_dossier_read(&items[i].dossier, cmd->index, cmd->rules, &query, error);
		if (!rc)
			items[i].figures = iv_dossier_figures(&items[i].dossier);
	}
	if (!rc)
		show(cmd, items, places->count);
	for (size_t i = 0; i < places->count; i++)
		iv_dossier_release(&items[i].dossier);
	free(items);
	return rc;
}

static int find_all(struct iv_places *out, struct cmd *cmd, int count, char **words,
		    struct iv_error *error)
{
	int rc = count ? 0 : iv_index_targets(out, cmd->index, error);

	for (int i = 0; !rc && i < count; i++)
		rc = place_find(out, cmd, words[i], error);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_places places = {0};
	int rc = find_all(&places, cmd, count, words, &error);
	int status = CMD_OK;

	if (!rc)
		rc = compare(cmd, &places, &error);
	if (!rc && !places.count) {
		cmd_say(cmd, "no organization is a target; name some, or set 'target: yes' in "
			     "their notes");
		status = CMD_FOUND;
	}
	if (rc) {
		cmd_fail(cmd, &error);
		status = rc == IV_ENOTFOUND ? CMD_FOUND : CMD_FAILED;
	}
	iv_places_release(&places);
	return status;
}
