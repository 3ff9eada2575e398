/* completion: the scripts by which shells complete command lines, and the words for them. */
#include <string.h>

#include "base/embedded.h"
#include "cmd/completion/bash.h"
#include "cmd/completion/offer.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"words", 0, NULL, "for these scripts: what may stand at the end of a line", OPTION_FLAG,
	 NULL},
	{0},
};

static const char *const shells[] = {"bash", "fish", "zsh", NULL};

const struct command cmd_completion = {
	.name = "completion",
	.group = GROUP_START,
	.summary = "print the script that completes command lines in a shell",
	.usage = "bash|fish|zsh | --words SHELL -- WORD ...",
	.options = options,
	.min = 1,
	.max = -1,
	.operands = {OPERAND_WORD, OPERAND_NONE},
	.words = shells,
	.needs = CMD_NOTHING,
	.run = run,
};

/* A word and half a line on it, which may have been written by anybody. */
static void add_line(struct iv_buf *out, const struct offer *offer)
{
	iv_buf_str(out, offer->text);
	if (offer->note) {
		iv_buf_putc(out, '\t');
		iv_buf_visible(out, iv_str_of(offer->note), true);
	}
	iv_buf_putc(out, '\n');
}

static void add_first_line(struct iv_buf *out, const struct offers *offers)
{
	bool files = !offers->count && offers->else_files;
	iv_buf_printf(out, "%s\n", files ? offers->else_files : "words");
}

/* For shells that choose, quote and cut by themselves: all that may suit. */
static void add_words(struct cmd *cmd, int count, char **words)
{
	struct typed typed;
	struct offers offers = {0};

	typed_read(&typed, cmd, count, words);
	offers_init(&offers, cmd->own->arena, cmd, &typed);
	add_first_line(&cmd->out, &offers);
	for (size_t i = 0; i < offers.count; i++)
		add_line(&cmd->out, &offers.items[i]);
	offers_release(&offers);
}

/*
 * bash puts what its words have in common in place of what was typed, so they must begin with it;
 * one alone need not.
 */
static void choose(struct offers *offers)
{
	size_t best = FIT_NOT, kept = 0;

	for (size_t i = 0; i < offers->count; i++)
		best = offers->items[i].fit > best ? offers->items[i].fit : best;
	for (size_t i = 0; i < offers->count; i++)
		if (offers->items[i].fit == best)
			offers->items[kept++] = offers->items[i];
	offers->count = best == FIT_WITHIN && kept > 1 ? 0 : kept;
}

/* What bash leaves of the word must be what the offer begins with. */
static bool suits(const struct bash_line *line, struct iv_str text)
{
	struct iv_str typed = iv_str_of(line->words[line->count - 1]);
	return iv_str_eq(iv_str_slice(text, 0, line->replace),
			 iv_str_slice(typed, 0, line->replace));
}

static void add_words_of_bash(struct cmd *cmd, const char *text, const char *breaks)
{
	struct bash_line line;
	struct typed typed;
	struct offers offers = {0};

	bash_read(&line, cmd->own->arena, iv_str_of(text), breaks);
	typed_read(&typed, cmd, line.count - 1, line.words + 1);
	offers_init(&offers, cmd->own->arena, cmd, &typed);
	choose(&offers);
	add_first_line(&cmd->out, &offers);
	for (size_t i = 0; i < offers.count; i++) {
		if (!suits(&line, offers.items[i].text))
			continue;
		bash_quote(&cmd->out, &line, offers.items[i].text);
		iv_buf_putc(&cmd->out, '\n');
	}
	offers_release(&offers);
}

static int add_script(struct cmd *cmd, const char *shell, int count, char **words)
{
	struct iv_str name;

	if (count)
		return cmd_usage(cmd, "one operand too many: '%s'", words[0]);
	name = iv_arena_printf(cmd->own->arena, "cmd/completion/ivnotes.%s", shell);
	iv_buf_puts(&cmd->out, iv_embedded_text(name.ptr));
	return CMD_OK;
}

static int run(struct cmd *cmd, int count, char **words)
{
	const char *const *shell = shells;

	while (*shell && strcmp(*shell, words[0]) != 0)
		shell++;
	if (!*shell)
		return cmd_usage(cmd, "expected bash, fish or zsh, not '%s'", words[0]);
	if (!cmd_has(cmd, "words"))
		return add_script(cmd, *shell, count - 1, words + 1);
	output_mute();
	if (strcmp(*shell, "bash") == 0)
		add_words_of_bash(cmd, count > 1 ? words[1] : "", count > 2 ? words[2] : "");
	else
		add_words(cmd, count - 1, words + 1);
	return CMD_OK;
}
