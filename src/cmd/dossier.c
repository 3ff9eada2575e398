/* dossier: everything learned about one organization. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/frame/place.h"
#include "view/dossier.h"

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"markdown", "json", NULL};

const struct command cmd_dossier = {
	.name = "dossier",
	.group = GROUP_ASK,
	.summary = "tell all that was learned about an organization",
	.usage = "ORGANIZATION",
	.formats = formats,
	.min = 1,
	.max = 1,
	.operands = {OPERAND_ORGANIZATION},
	.needs = CMD_INDEX,
	.run = run,
};

static int show(struct cmd *cmd, const struct iv_place *place, struct iv_error *error)
{
	struct iv_dossier_query query = {.place = place, .today = cmd->today};
	struct iv_dossier dossier = {0};
	struct iv_bank bank = {0};
	struct place_texts texts = {0};
	struct iv_dossier_page page = {
		.place = place,
		.dossier = &dossier,
		.bank = &bank,
		.stance = place_stance(cmd, place),
		.today = cmd->today,
	};
	int rc = iv_dossier_read(&dossier, cmd->index, cmd->rules, &query, error);

	if (!rc)
		rc = place_texts_read(&texts, cmd, place->path, &dossier, error);
	if (!rc)
		rc = place_bank(&bank, cmd, &texts.bank, error);
	if (!rc) {
		page.about = iv_buf_view(&texts.about);
		page.said = texts.said;
		if (strcmp(cmd->format, "json") == 0)
			iv_dossier_json(&cmd->out, &page);
		else
			iv_dossier_markdown(&cmd->out, &page);
	}
	iv_bank_release(&bank);
	place_texts_release(&texts);
	iv_dossier_release(&dossier);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_places places = {0};
	int rc = place_find(&places, cmd, words[0], &error);
	int status = CMD_OK;

	(void)count;
	if (!rc)
		rc = show(cmd, &places.items[0], &error);
	if (rc) {
		cmd_fail(cmd, &error);
		status = rc == IV_ENOTFOUND ? CMD_FOUND : CMD_FAILED;
	}
	iv_places_release(&places);
	return status;
}
