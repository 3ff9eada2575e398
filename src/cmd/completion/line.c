#include "cmd/completion/line.h"

#include <string.h>

/* What the value of an option is, by what help calls it, where it has no choices. */
static const struct {
	const char *argument;
	enum operand wanted;
} arguments[] = {
	{"DATE", OPERAND_TEXT},    {"DIR", OPERAND_FOLDER},   {"FILE", OPERAND_FILE},
	{"ID", OPERAND_TEXT},      {"ID[,ID]", OPERAND_RULE}, {"LENGTH", OPERAND_TEXT},
	{"LIST", OPERAND_CONTACT}, {"NUMBER", OPERAND_TEXT},  {"PERCENT", OPERAND_TEXT},
	{"N", OPERAND_TEXT},       {"NAME", OPERAND_TEXT},    {"QUERY", OPERAND_QUERY},
	{"REV", OPERAND_TEXT},     {"TEXT", OPERAND_TEXT},    {"WEEK", OPERAND_TEXT},
};

struct reader {
	struct cmd *cmd;
	struct typed *out;
	const struct cmd_option *pending; /* waits for its value */
	int operand;                      /* place of the next one */
	bool ended;                       /* -- was read */
};

static void give(struct reader *reader, const struct cmd_option *option, const char *value)
{
	if (option->letter == 'C')
		option_give(reader->cmd, option, value);
}

/* A week may be left out, and then the next word is no value. */
static bool wants_next(const struct cmd_option *option)
{
	return option->kind != OPTION_FLAG && option->kind != OPTION_WEEK;
}

static void pass_long(struct reader *reader, const char *word)
{
	const char *equals = strchr(word, '=');
	struct iv_str name =
		iv_str_slice(iv_str_of(word), 2, equals ? (size_t)(equals - word) : strlen(word));
	const struct cmd_option *option = option_named(reader->out->command, name);

	if (option && equals)
		give(reader, option, equals + 1);
	else if (option && wants_next(option))
		reader->pending = option;
}

static void pass_letters(struct reader *reader, const char *word)
{
	for (const char *p = word + 1; *p; p++) {
		const struct cmd_option *option = option_lettered(reader->out->command, *p);
		if (!option || !wants_next(option))
			continue;
		if (p[1])
			give(reader, option, p + 1);
		else
			reader->pending = option;
		return;
	}
}

static bool is_option(const struct reader *reader, const char *word)
{
	const struct command *command = reader->out->command;
	bool operand = option_is_term(command, word) ||
		       (command && reader->operand && option_is_key(command, word));
	return !reader->ended && *word == '-' && !operand;
}

static bool has_command(const struct reader *reader)
{
	return reader->out->command || reader->operand;
}

/* A word before the last one. */
static void pass(struct reader *reader, const char *word)
{
	if (reader->pending) {
		give(reader, reader->pending, word);
		reader->pending = NULL;
	} else if (is_option(reader, word) && strcmp(word, "--") == 0) {
		reader->ended = true;
	} else if (is_option(reader, word) && word[1] == '-') {
		pass_long(reader, word);
	} else if (is_option(reader, word) && word[1]) {
		pass_letters(reader, word);
	} else if (!has_command(reader)) {
		reader->out->command = command_find(word);
		reader->operand = !reader->out->command; /* a program of one's own */
	} else {
		reader->operand++;
	}
}

/* What a list already has is kept. */
static void keep_items(struct typed *out)
{
	for (size_t i = out->rest.len; i-- > 0;) {
		if (out->rest.ptr[i] != ',')
			continue;
		out->head.len += i + 1;
		out->rest = iv_str_slice(out->rest, i + 1, out->rest.len);
		return;
	}
}

static void want_format(struct typed *out)
{
	if (!out->command || !out->command->formats)
		return;
	out->wanted = OPERAND_WORD;
	out->words = out->command->formats;
	out->fields = out->command->free_format != NULL;
	if (out->fields)
		keep_items(out);
}

static void want_value(struct typed *out, const struct cmd_option *option)
{
	if (option->name && strcmp(option->name, "format") == 0)
		want_format(out);
	else if (option->kind == OPTION_CHOICE) {
		out->wanted = OPERAND_WORD;
		out->words = option->choices;
	}
	for (size_t i = 0; i < sizeof(arguments) / sizeof(*arguments); i++)
		if (option->argument && strcmp(option->argument, arguments[i].argument) == 0)
			out->wanted = arguments[i].wanted;
	if (option->kind == OPTION_LIST)
		keep_items(out);
}

static void want_operand(const struct reader *reader, struct typed *out)
{
	const struct command *command = out->command;
	int last = 0;

	if (!command) {
		out->wanted = reader->operand ? OPERAND_FILE : OPERAND_COMMAND;
		return;
	}
	if (command->max >= 0 && reader->operand >= command->max)
		return;
	while (last < reader->operand && last + 1 < OPERANDS_MAX && command->operands[last + 1])
		last++;
	out->wanted = command->operands[last];
	out->words = command->words;
}

/* `--format=js`, `-Cfol`, or the name of an option. */
static void want_option(struct typed *out, const char *word)
{
	const char *equals = strchr(word, '=');
	const struct cmd_option *option = NULL;
	size_t head = 0;

	if (word[1] == '-' && equals) {
		head = (size_t)(equals - word) + 1;
		option = option_named(out->command, iv_str_slice(out->rest, 2, head - 1));
	} else if (word[1] && word[1] != '-' && word[2]) {
		head = 2;
		option = option_lettered(out->command, word[1]);
	} else {
		out->option = true;
	}
	if (!option || option->kind == OPTION_FLAG)
		return;
	out->head = iv_str_slice(out->rest, 0, head);
	out->rest = iv_str_slice(out->rest, head, out->rest.len);
	want_value(out, option);
}

void typed_read(struct typed *out, struct cmd *cmd, int count, char **words)
{
	struct reader reader = {.cmd = cmd, .out = out};

	*out = (struct typed){.wanted = OPERAND_NONE};
	for (int i = 0; i + 1 < count; i++)
		pass(&reader, words[i]);
	out->rest = iv_str_of(count ? words[count - 1] : "");
	out->head = iv_str_slice(out->rest, 0, 0);
	if (reader.pending)
		want_value(out, reader.pending);
	else if (is_option(&reader, out->rest.ptr))
		want_option(out, out->rest.ptr);
	else
		want_operand(&reader, out);
}
