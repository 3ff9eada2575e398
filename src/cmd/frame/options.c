/* Reading the command line by the option tables. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/frame/frame.h"
#include "note/fields.h"

static const char *const color_words[] = {"auto", "always", "never", NULL};

const struct cmd_option global_options[] = {
	{NULL, 'C', "DIR", "the vault is DIR", OPTION_TEXT, NULL},
	{"today", 0, "DATE", "ask on that day instead of the clock's", OPTION_DAY, NULL},
	{"at", 0, "REV", "ask of the notes in that git revision", OPTION_TEXT, NULL},
	{"format", 0, "FORMAT", "the form of the results", OPTION_TEXT, NULL},
	{"color", 0, "WHEN", "colour: auto, always or never", OPTION_CHOICE, color_words},
	{"rebuild", 0, NULL, "make the index anew first", OPTION_FLAG, NULL},
	{"quiet", 'q', NULL, "results and errors only", OPTION_FLAG, NULL},
	{"verbose", 'v', NULL, "say what is done", OPTION_FLAG, NULL},
	{"help", 'h', NULL, "say how to call it", OPTION_FLAG, NULL},
	{"version", 0, NULL, "print the version", OPTION_FLAG, NULL},
	{0},
};

static bool is_end(const struct cmd_option *option)
{
	return !option->name && !option->letter;
}

const struct cmd_option *option_next(const struct command *command, const struct cmd_option *last)
{
	const struct cmd_option *own = command ? command->options : NULL;
	if (!last && own && !is_end(own))
		return own;
	if (!last)
		return global_options;
	if (!is_end(last + 1))
		return last + 1;
	for (; own && !is_end(own); own++)
		if (own == last)
			return global_options;
	return NULL;
}

const struct cmd_option *option_named(const struct command *command, struct iv_str name)
{
	const struct cmd_option *option = option_next(command, NULL);
	while (option && !(option->name && iv_str_is(name, option->name)))
		option = option_next(command, option);
	return option;
}

const struct cmd_option *option_lettered(const struct command *command, char letter)
{
	const struct cmd_option *option = option_next(command, NULL);
	while (option && option->letter != letter)
		option = option_next(command, option);
	return option;
}

/* `type` is said otherwise. */
static bool is_settable(const struct iv_field_def *def)
{
	return strcmp(def->name, "type") != 0;
}

/* An option for a field, where the command takes them; made as it is met. */
static const struct cmd_option *find_field(const struct cmd *cmd, struct iv_str word)
{
	const struct iv_field_def *def = NULL;
	struct iv_str key = iv_fold_key(cmd->own->arena, word);
	if (!cmd->command || !cmd->command->takes_fields)
		return NULL;
	for (int type = IV_TYPE_CONTACT; !def && type <= IV_TYPE_ORGANIZATION; type++)
		def = iv_field_find((enum iv_type)type, key);
	if (!def || !is_settable(def))
		return NULL;
	const struct cmd_option option = {def->name, 0, "VALUE", def->summary, OPTION_FIELD, NULL};
	return iv_arena_copy(cmd->own->arena, &option, 1, sizeof(option));
}

static void offer_option(struct iv_meant *meant, const struct cmd *cmd, const char *name)
{
	iv_meant_offer_as(meant, iv_str_of(name), iv_arena_printf(cmd->own->arena, "--%s", name));
}

/* The options that may have been meant, with their dashes. */
static struct iv_meant similar_options(const struct cmd *cmd, struct iv_str word)
{
	struct iv_meant meant = {.word = word};
	const struct cmd_option *o = NULL;
	while ((o = option_next(cmd->command, o)))
		if (o->name)
			offer_option(&meant, cmd, o->name);
	for (size_t i = 0; cmd->command && cmd->command->takes_fields && i < iv_field_count; i++)
		if (is_settable(&iv_fields[i]))
			offer_option(&meant, cmd, iv_fields[i].name);
	return meant;
}

static int unknown_option(const struct cmd *cmd, const char *shown, struct iv_str word)
{
	const char *where = cmd->command ? "" : " before the command";
	struct iv_meant meant = similar_options(cmd, word);
	if (meant.count)
		return cmd_usage(cmd, "unknown option '%s'%s, %s", shown, where,
				 cmd_meant(cmd, &meant));
	return cmd_usage(cmd, "unknown option '%s'%s", shown, where);
}

static bool is_choice(const char *const *choices, const char *value)
{
	for (; *choices; choices++)
		if (strcmp(*choices, value) == 0)
			return true;
	return false;
}

static int bad_choice(const struct cmd *cmd, const char *shown, const char *const *choices,
		      const char *value)
{
	struct iv_buf list = IV_BUF_INIT;
	for (const char *const *c = choices; *c; c++)
		iv_buf_printf(&list, "%s%s", c == choices ? "" : c[1] ? ", " : " or ", *c);
	struct iv_meant meant = {.word = iv_str_of(value)};
	iv_meant_offer_all(&meant, choices);
	int rc = cmd_usage(cmd, "%s: expected %s, not '%s'%s%s", shown, list.ptr, value,
			   meant.count ? "; " : "", meant.count ? cmd_meant(cmd, &meant) : "");
	iv_buf_release(&list);
	return rc;
}

static int check_value(const struct cmd *cmd, const struct cmd_option *option, const char *shown,
		       const char *value)
{
	int number;
	struct iv_str text = iv_str_of(value);
	switch (option->kind) {
	case OPTION_FLAG:
	case OPTION_TEXT:
	case OPTION_LIST:
	case OPTION_FIELD:
	case OPTION_DAY: /* see days_check(): only then it is known from which day */
	case OPTION_DAY_BACK:
	case OPTION_DAY_AHEAD:
	case OPTION_WEEK: return 0;
	case OPTION_COUNT:
		if (iv_str_int(&number, text))
			return 0;
		return cmd_usage(cmd, "%s: expected a whole number, not '%s'", shown, value);
	case OPTION_LENGTH:
		if (iv_minutes_parse(&number, text))
			return 0;
		return cmd_usage(cmd, "%s: expected a length such as 20m, not '%s'", shown, value);
	case OPTION_SHARE:
		if (iv_percent_parse(&number, text))
			return 0;
		return cmd_usage(cmd, "%s: expected a percentage, 0 to 100, not '%s'", shown,
				 value);
	case OPTION_RATING:
		if (iv_rating_parse(&number, text))
			return 0;
		return cmd_usage(cmd, "%s: expected a rating, 1 to 5, not '%s'", shown, value);
	case OPTION_CHOICE:
		if (is_choice(option->choices, value))
			return 0;
		return bad_choice(cmd, shown, option->choices, value);
	}
	return 0;
}

void option_give(struct cmd *cmd, const struct cmd_option *option, const char *value)
{
	struct cmd_private *own = cmd->own;
	IV_GROW(own->given, own->given_count, own->given_capacity);
	own->given[own->given_count++] = (struct cmd_given){option, value};
}

static int take(struct cmd *cmd, const struct cmd_option *option, const char *shown,
		const char *value)
{
	int rc = value ? check_value(cmd, option, shown, value) : 0;
	if (!rc)
		option_give(cmd, option, value);
	return rc;
}

/* `2026-W47`, `next week`, and what is meant for one: a digit first, or `W47`. */
static bool resembles_week(const char *word)
{
	const struct iv_when_from from = {0, IV_LEAN_NONE, NULL};
	iv_day first, last;
	if (iv_is_digit((unsigned char)*word))
		return true;
	if ((*word == 'W' || *word == 'w') && word[1] && !word[1 + strspn(word + 1, "0123456789")])
		return true;
	return !iv_when_parse_days(&first, &last, iv_str_of(word), &from, NULL);
}

/* The next word is the value, unless it may be left out and does not look like one. */
static int take_next(struct cmd *cmd, const struct cmd_option *option, const char *shown, int count,
		     char **words, int *next)
{
	bool there = *next < count;
	if (option->kind == OPTION_WEEK && !(there && resembles_week(words[*next])))
		return take(cmd, option, shown, NULL);
	if (!there)
		return cmd_usage(cmd, "option '%s' wants a value: %s", shown, option->argument);
	return take(cmd, option, shown, words[(*next)++]);
}

static int read_long(struct cmd *cmd, int count, char **words, int *next)
{
	const char *shown = words[(*next)++];
	struct iv_str word = iv_str_of(shown + 2);
	size_t equals = iv_str_find_char(word, '=');
	const char *value = equals == SIZE_MAX ? NULL : word.ptr + equals + 1;
	struct iv_str name = value ? iv_str_slice(word, 0, equals) : word;

	const struct cmd_option *option = option_named(cmd->command, name);
	if (!option)
		option = find_field(cmd, name);
	if (!option)
		return unknown_option(cmd, shown, name);
	if (option->kind == OPTION_FLAG) {
		if (value)
			return cmd_usage(cmd, "option '--%s' takes no value", option->name);
		return take(cmd, option, shown, NULL);
	}
	if (value) {
		char *spelled = iv_strndup(shown, 2 + equals);
		int rc = take(cmd, option, spelled, value);
		free(spelled);
		return rc;
	}
	return take_next(cmd, option, shown, count, words, next);
}

/* Letters may be bundled; the first one that wants a value takes the rest of the word. */
static int read_short(struct cmd *cmd, int count, char **words, int *next)
{
	const char *word = words[(*next)++];
	for (const char *p = word + 1; *p; p++) {
		const char shown[] = {'-', *p, 0};
		const struct cmd_option *option = option_lettered(cmd->command, *p);
		if (!option)
			return unknown_option(cmd, word[2] ? word : shown, iv_str_of(word + 1));
		if (option->kind == OPTION_FLAG) {
			int rc = take(cmd, option, shown, NULL);
			if (rc)
				return rc;
			continue;
		}
		if (p[1])
			return take(cmd, option, shown, p + 1);
		return take_next(cmd, option, shown, count, words, next);
	}
	return 0;
}

/* `-tag:finance` where a query is expected: notes without that tag, not options. */
bool option_is_term(const struct command *command, const char *word)
{
	size_t key = *word == '-' ? strcspn(word + 1, ":=~<>") : 0;
	return key && command && command->takes_query && iv_is_alpha((unsigned char)word[1]) &&
	       key > 1 && word[1 + key] && !memchr(word + 1, '/', key);
}

/* Single letters are options. */
bool option_is_key(const struct command *command, const char *word)
{
	return command->takes_keys && iv_is_alpha((unsigned char)word[1]) && word[2] &&
	       !strpbrk(word, "=/.");
}

static bool is_operand(const struct cmd *cmd, const char *word, bool after_first)
{
	return word[0] != '-' || !word[1] || option_is_term(cmd->command, word) ||
	       (after_first && option_is_key(cmd->command, word));
}

int options_read(struct cmd *cmd, int count, char **words, int *next, char **operands,
		 int *operand_count)
{
	bool ended = false;
	int rc = 0;
	while (!rc && *next < count) {
		const char *word = words[*next];
		if (ended || is_operand(cmd, word, cmd->command && *operand_count > 0)) {
			if (!cmd->command)
				return 0;
			operands[(*operand_count)++] = words[(*next)++];
		} else if (strcmp(word, "--") == 0) {
			ended = true;
			cmd->separated = operand_count ? *operand_count : -1;
			(*next)++;
		} else if (word[1] == '-') {
			rc = read_long(cmd, count, words, next);
		} else {
			rc = read_short(cmd, count, words, next);
		}
	}
	return rc;
}

/* ---- what was given ---- */

static bool is_named(const struct cmd_option *option, const char *name)
{
	return option->name ? strcmp(option->name, name) == 0
			    : option->letter == name[0] && !name[1];
}

const struct cmd_given *options_given(const struct cmd *cmd, const char *name)
{
	for (size_t i = cmd->own->given_count; i-- > 0;)
		if (is_named(cmd->own->given[i].option, name))
			return &cmd->own->given[i];
	return NULL;
}

bool cmd_has(const struct cmd *cmd, const char *name)
{
	return options_given(cmd, name) != NULL;
}

const char *cmd_text(const struct cmd *cmd, const char *name)
{
	const struct cmd_given *given = options_given(cmd, name);
	if (!given)
		return NULL;
	return given->value ? given->value : "";
}

int cmd_count(const struct cmd *cmd, const char *name, int otherwise)
{
	int number = otherwise;
	const char *text = cmd_text(cmd, name);
	if (text)
		iv_str_int(&number, iv_str_of(text));
	return number;
}

int cmd_minutes(const struct cmd *cmd, const char *name, int otherwise)
{
	int minutes = otherwise;
	const char *text = cmd_text(cmd, name);
	if (text)
		iv_minutes_parse(&minutes, iv_str_of(text));
	return minutes;
}

int cmd_share(const struct cmd *cmd, const char *name, int otherwise)
{
	int share = otherwise;
	const char *text = cmd_text(cmd, name);
	if (text)
		iv_percent_parse(&share, iv_str_of(text));
	return share;
}

int cmd_rating(const struct cmd *cmd, const char *name, int otherwise)
{
	int rating = otherwise;
	const char *text = cmd_text(cmd, name);
	if (text)
		iv_rating_parse(&rating, iv_str_of(text));
	return rating;
}

const char *const *cmd_texts(struct cmd *cmd, const char *name)
{
	struct cmd_private *own = cmd->own;
	const char **items = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < own->given_count; i++) {
		if (!is_named(own->given[i].option, name))
			continue;
		struct iv_str rest = iv_str_of(own->given[i].value);
		while (rest.len) {
			size_t comma = iv_str_find_char(rest, ',');
			size_t end = comma == SIZE_MAX ? rest.len : comma;
			struct iv_str item = iv_str_trim(iv_str_slice(rest, 0, end));
			rest = iv_str_slice(rest, comma == SIZE_MAX ? end : end + 1, rest.len);
			if (!item.len)
				continue;
			IV_GROW(items, count, capacity);
			items[count++] = iv_arena_str(own->arena, item).ptr;
		}
	}
	if (!cmd_has(cmd, name))
		return NULL;
	IV_GROW(items, count, capacity);
	items[count++] = NULL;
	const char *const *out = iv_arena_copy(own->arena, items, count, sizeof(*items));
	free(items);
	return out;
}

/* ---- global ones ---- */

static bool wants_color(const struct cmd *cmd)
{
	const char *when = cmd_text(cmd, "color");
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	if (when && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	if (no_color && *no_color)
		return false;
	return isatty(STDOUT_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

static int apply_format(struct cmd *cmd)
{
	const struct command *command = cmd->command;
	const char *format = cmd_text(cmd, "format");
	if (!command->formats) {
		if (format)
			return cmd_usage(cmd,
					 "'%s' has one form of output, --format does not apply",
					 command->name);
		return 0;
	}
	cmd->format = format ? format : command->formats[0];
	if (!format || command->free_format || is_choice(command->formats, format))
		return 0;
	return bad_choice(cmd, "--format", command->formats, format);
}

int options_apply(struct cmd *cmd)
{
	cmd->quiet = cmd_has(cmd, "quiet");
	cmd->verbose = cmd_has(cmd, "verbose");
	cmd->color = wants_color(cmd);
	if (!(cmd->command->needs & CMD_FROM))
		cmd->revision = cmd_text(cmd, "at");
	if (cmd->revision && ((cmd->command->needs & CMD_PRESENT) || !cmd->command->needs))
		return cmd_usage(cmd, "--at does not apply to '%s'", cmd->command->name);
	int rc = days_today(cmd);
	if (!rc)
		rc = days_check(cmd);
	return rc ? rc : apply_format(cmd);
}

int options_operands(const struct cmd *cmd, int count, char **operands)
{
	const struct command *command = cmd->command;
	if (count < command->min)
		return cmd_usage(cmd, "an operand is missing: ivnotes %s %s", command->name,
				 command->usage);
	if (command->max >= 0 && count > command->max)
		return cmd_usage(cmd, "one operand too many: '%s'", operands[command->max]);
	return 0;
}
