/* init: a new vault, or what an existing folder lacks to be one. Never overwrites. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <ivnotes/vcs.h>

#include "cmd/init/driver.h"
#include "cmd/init/hook.h"
#include "vault/settings.h"
#include "yaml/yaml.h"

#define COMMENT_WIDTH 78

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"hooks", 0, NULL, "and a pre-commit hook that checks what is staged", OPTION_FLAG, NULL},
	{"merge-driver", 0, NULL, "and have git merge notes by their fields", OPTION_FLAG, NULL},
	{0},
};

const struct command cmd_init = {
	.name = "init",
	.group = GROUP_START,
	.summary = "make a vault: folders, settings and a git repository",
	.usage = "[--hooks] [--merge-driver] [DIR]",
	.options = options,
	.max = 1,
	.operands = {OPERAND_FOLDER},
	.needs = CMD_NOTHING,
	.run = run,
};

/* ---- the text of the config ---- */

/* "# words", broken before the width. */
static void add_comment(struct iv_buf *out, const char *text)
{
	struct iv_str word, rest = iv_str_trim(iv_str_of(text));
	size_t column = 1;

	iv_buf_putc(out, '#');
	while (rest.len) {
		word = iv_str_word(rest, &rest);
		if (column > 1 && column + 1 + word.len > COMMENT_WIDTH) {
			iv_buf_puts(out, "\n#");
			column = 1;
		}
		iv_buf_putc(out, ' ');
		iv_buf_str(out, word);
		column += 1 + word.len;
	}
	iv_buf_putc(out, '\n');
}

static void add_vault_setting(struct iv_buf *out, const struct iv_setting_def *def)
{
	iv_buf_putc(out, '\n');
	add_comment(out, def->summary);
	if (*def->value)
		iv_buf_printf(out, "#%s: %s\n", def->key, def->value);
	if (def->example)
		iv_buf_printf(out, "# For example:\n#%s: %s\n", def->key, def->example);
}

static void add_rule(struct iv_buf *out, const struct iv_rule *rule)
{
	if (!rule->setting_count)
		return;
	iv_buf_printf(out, "\n# %s: %s\n", rule->id, rule->summary);
	for (size_t i = 0; i < rule->setting_count; i++) {
		const struct iv_rule_setting *setting = &rule->settings[i];

		if (setting->summary && *setting->summary)
			add_comment(out, setting->summary);
		iv_buf_printf(out, "#%s: ", setting->key);
		if (*setting->value == '[')
			iv_buf_puts(out, setting->value); /* a list, as YAML */
		else
			iv_yaml_add(out, iv_str_of(setting->value));
		iv_buf_putc(out, '\n');
	}
}

static int config_text(struct iv_buf *out, struct iv_error *error)
{
	struct iv_config *none = iv_config_parse(IV_LIT(""));
	struct iv_rules *rules = NULL;
	const struct iv_rule *list;
	int rc = iv_rules_new(&rules, none, NULL, error);

	add_comment(out, "The settings of this vault; ivnotes-config(5) explains them. Each "
			 "stands here with its default: take the '#' away to change one.");
	for (size_t i = 0; i < iv_setting_count; i++)
		add_vault_setting(out, &iv_settings[i]);
	for (size_t i = 0, count = rc ? 0 : iv_rules_all(rules, &list); i < count; i++)
		add_rule(out, &list[i]);
	iv_rules_free(rules);
	iv_config_free(none);
	return rc;
}

/* ---- making ---- */

struct maker {
	struct cmd *cmd;
	const char *folder; /* as typed */
	size_t made;
};

/* "made contacts/", as the person would name it from where they stand. */
static void say_made(struct maker *maker, const char *what)
{
	char *path = iv_path_join(maker->folder, what);

	iv_buf_puts(&maker->cmd->out, "made ");
	iv_buf_visible(&maker->cmd->out, iv_str_of(path), true);
	iv_buf_putc(&maker->cmd->out, '\n');
	maker->made++;
	free(path);
}

static int make_folder(struct maker *maker, const char *name, struct iv_error *error)
{
	char *path = iv_path_join(maker->folder, name);
	struct stat st;
	int rc = IV_OK;

	if (!mkdir(path, 0700)) {
		free(path);
		path = iv_path_join(name, "");
		say_made(maker, path);
	} else if (errno != EEXIST) {
		rc = iv_error_errno(error, errno, "cannot make '%s'", path);
	} else if (stat(path, &st) || !S_ISDIR(st.st_mode)) {
		rc = iv_error_set(error, IV_EIO, "'%s' is no folder; move it away first", path);
	}
	free(path);
	return rc;
}

static int make_config(struct maker *maker, struct iv_error *error)
{
	char *path = iv_path_join(maker->folder, IV_CONFIG_FILE);
	struct iv_str absent = {NULL, 0};
	struct iv_buf text = IV_BUF_INIT;
	struct stat st;
	int rc = IV_OK;

	if (lstat(path, &st)) {
		rc = config_text(&text, error);
		if (!rc)
			rc = iv_file_write(path, iv_buf_view(&text), &absent, error);
		if (!rc)
			say_made(maker, IV_CONFIG_FILE);
	}
	iv_buf_release(&text);
	free(path);
	return rc;
}

/* For a hook or a driver it is where git's variables say, as for git itself. */
static int open_repository(struct iv_repo **out, const struct maker *maker,
			   const struct iv_vault *vault, struct iv_error *error)
{
	bool named = cmd_has(maker->cmd, "hooks") || cmd_has(maker->cmd, "merge-driver");

	return iv_repo_open_at(out, vault, named ? getenv("GIT_DIR") : NULL,
			       getenv("GIT_WORK_TREE"), error);
}

/* What --hooks and --merge-driver would meet later, before anything is made. */
static int check_repository(const struct maker *maker, struct iv_error *error)
{
	struct iv_vault *vault = NULL;
	struct iv_repo *repo = NULL;
	int rc = IV_OK;

	if (!iv_vault_open(&vault, maker->folder, true, NULL))
		rc = open_repository(&repo, maker, vault, error);
	if (!rc && repo && cmd_has(maker->cmd, "merge-driver"))
		rc = iv_repo_check_index(repo, error); /* attributes are in it, too */
	if (rc == IV_ENOTFOUND) {                      /* none yet */
		iv_error_release(error);
		rc = IV_OK;
	}
	iv_repo_close(repo);
	iv_vault_close(vault);
	return rc;
}

/* One that cannot be used (of another owner, say) is there all the same. */
static int make_repository(struct maker *maker, struct iv_error *error)
{
	struct iv_error none = IV_ERROR_INIT;
	struct iv_vault *vault = NULL;
	struct iv_repo *repo = NULL;
	int rc = iv_vault_open(&vault, maker->folder, true, error);

	if (!rc && open_repository(&repo, maker, vault, &none) == IV_ENOTFOUND) {
		rc = iv_repo_init(iv_vault_root(vault), error);
		if (!rc)
			say_made(maker, ".git/");
	}
	iv_repo_close(repo);
	iv_vault_close(vault);
	iv_error_release(&none);
	return rc;
}

/* ---- the hook ---- */

/* As seen from where the person stands. */
static void say_hook(struct maker *maker, const char *path)
{
	char *here = realpath(".", NULL);
	char *seen = here ? iv_path_relative(here, path) : iv_strdup(path);

	iv_buf_puts(&maker->cmd->out, "made ");
	iv_buf_visible(&maker->cmd->out, iv_str_of(seen), true);
	iv_buf_putc(&maker->cmd->out, '\n');
	maker->made++;
	free(seen);
	free(here);
}

static int make_hook(struct maker *maker, const struct iv_repo *repo, struct iv_error *error)
{
	char *path = NULL;
	int rc = init_hook(&path, repo, error);

	if (path)
		say_hook(maker, path);
	free(path);
	return rc;
}

/* ---- the merge driver ---- */

static void say_exceptions(const struct cmd *cmd, const struct init_attributes *found)
{
	if (found->other)
		cmd_say(cmd, "'%s' is merged by '%s', as git's attributes say", found->other,
			found->taken);
	if (found->plain)
		cmd_say(cmd, "'%s' is merged by lines, as git's attributes say", found->plain);
}

static int make_driver(struct maker *maker, const struct iv_repo *repo,
		       const struct iv_vault *vault, struct iv_error *error)
{
	struct init_driver done;
	int rc = init_driver(&done, repo, vault, error);

	if (done.defined) {
		iv_buf_puts(&maker->cmd->out, "set merge.ivnotes in git's configuration\n");
		maker->made++;
	}
	if (done.made) {
		say_made(maker, ".gitattributes");
	} else if (done.attributed) {
		iv_buf_puts(&maker->cmd->out, "added '*.md merge=ivnotes' to .gitattributes\n");
		maker->made++;
	}
	if (!rc && !done.attributed)
		say_exceptions(maker->cmd, &done.found);
	init_attributes_release(&done.found);
	return rc;
}

static int make_of_git(struct maker *maker, struct iv_error *error)
{
	struct iv_vault *vault = NULL;
	struct iv_repo *repo = NULL;
	int rc = iv_vault_open(&vault, maker->folder, true, error);

	if (!rc)
		rc = open_repository(&repo, maker, vault, error);
	if (!rc && cmd_has(maker->cmd, "hooks"))
		rc = make_hook(maker, repo, error);
	if (!rc && cmd_has(maker->cmd, "merge-driver"))
		rc = make_driver(maker, repo, vault, error);
	iv_repo_close(repo);
	iv_vault_close(vault);
	return rc;
}

/* DIR below -C's folder, as a person would write it. */
static char *folder_of(const struct cmd *cmd, int count, char **words)
{
	const char *from = cmd_text(cmd, "C");

	if (!count)
		return iv_strdup(from ? from : ".");
	return iv_path_join(from ? from : ".", words[0]);
}

static int run(struct cmd *cmd, int count, char **words)
{
	static const char *const folders[] = {".ivnotes", "contacts", "meetings", "organizations"};
	struct iv_error error = IV_ERROR_INIT;
	struct maker maker = {cmd, NULL, 0};
	char *folder;
	bool of_git = cmd_has(cmd, "hooks") || cmd_has(cmd, "merge-driver");
	int rc;

	if (count && !*words[0])
		return cmd_usage(cmd, "DIR is empty, expected a folder");
	maker.folder = folder = folder_of(cmd, count, words);
	rc = of_git ? check_repository(&maker, &error) : 0;
	if (!rc)
		rc = iv_folder_make(folder, 0700, &error);
	for (size_t i = 0; !rc && i < sizeof(folders) / sizeof(folders[0]); i++)
		rc = make_folder(&maker, folders[i], &error);
	if (!rc)
		rc = make_config(&maker, &error);
	if (!rc)
		rc = make_repository(&maker, &error);
	if (!rc && of_git)
		rc = make_of_git(&maker, &error);
	if (rc)
		rc = cmd_fail(cmd, &error);
	else if (!maker.made)
		cmd_say(cmd, "'%s' is a vault already; nothing was changed", folder);
	free(folder);
	return rc;
}
