#include "cmd/sync/hooks.h"

#include "cmd/commit/hook.h"
#include "cmd/commit/message.h"

#define NAMES_MAX 12

int hooks_check(void *cmd, const char *index, struct iv_error *error)
{
	const struct hook hook = {
		.name = "pre-commit", .index = index, .stops = "nothing is committed"};

	return hook_run(cmd, &hook, error);
}

int hooks_word(void *cmd, char **message, const struct iv_commit *commit, const char *index,
	       struct iv_error *error)
{
	const struct message_way way = {.hooks = true};

	return message_rework(cmd, message, &way, commit, index, error);
}

int hooks_push(struct cmd *cmd, const struct iv_push *push, struct iv_error *error)
{
	const char *const words[] = {push->remote, push->url, NULL};
	struct iv_buf line = IV_BUF_INIT;
	struct hook hook = {.name = "pre-push", .words = words, .stops = "nothing is pushed"};
	int rc;

	iv_buf_printf(&line, "%s %s %s %s\n", push->from, push->head, push->to, push->tip);
	hook.input = iv_buf_view(&line);
	rc = hook_run(cmd, &hook, error);
	iv_buf_release(&line);
	return rc;
}

/* What the hook says to what is done changes nothing. */
static void run_after(struct cmd *cmd, const struct hook *hook, const char *done)
{
	struct iv_error error = IV_ERROR_INIT;

	if (hook_run(cmd, hook, &error))
		cmd_warn(cmd, "%s, but its hook failed: %s", done, error.message);
	iv_error_release(&error);
}

void hooks_committed(struct cmd *cmd)
{
	run_after(cmd, &(struct hook){.name = "post-commit"}, "the commit is made");
}

static bool took_in(const struct iv_sync *sync)
{
	return sync->how == IV_SYNC_FORWARD || sync->how == IV_SYNC_MERGED;
}

void hooks_taken_in(struct cmd *cmd, const struct iv_sync *sync)
{
	const char *const words[] = {"0", NULL}; /* no squash */
	const struct hook hook = {.name = "post-merge", .words = words};

	if (took_in(sync))
		run_after(cmd, &hook, "what was received is taken in");
}

void hooks_say_passed_over(struct cmd *cmd, const struct iv_sync *sync, bool committed, bool run)
{
	const char *names[NAMES_MAX];
	size_t count = 0;

	for (size_t i = 0; committed && !run && hooks_of_commit[i]; i++)
		names[count++] = hooks_of_commit[i];
	if (sync->how == IV_SYNC_MERGED)
		names[count++] = "pre-merge-commit";
	if (took_in(sync) && !run)
		names[count++] = "post-merge";
	if (sync->sent && !run)
		names[count++] = "pre-push";
	names[count] = NULL;
	hook_say_passed_over(cmd, names, run ? NULL : "ivnotes sync --hooks");
}
