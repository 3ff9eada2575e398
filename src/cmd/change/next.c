#include "cmd/change/next.h"

#include <string.h>

#include <ivnotes/view.h>

#include "cmd/change/change.h"
#include "cmd/frame/findings.h"

static bool is_owed(const struct iv_finding *f)
{
	return f->rule->kind == IV_RULE_OWED && f->due != IV_NO_DAY && f->when != IV_OVER;
}

static const char *when_word(const struct iv_finding *f)
{
	return f->when == IV_OVERDUE  ? "since "
	       : f->when == IV_DUE    ? "today, "
	       : f->rule->agenda_only ? "on "
				      : "by ";
}

/* "nudge Jane Green by Mon 30 Nov"; words that go on for long stand behind the day. */
static void add_row(struct iv_buf *out, const struct cmd *cmd, const struct iv_finding *f)
{
	const char *brief = f->who ? f->rule->brief : NULL;
	const char *who = brief ? strstr(brief, "WHO") : NULL;
	if (who)
		iv_buf_printf(out, "; %.*s%s%s%s", (int)(who - brief), brief, f->who, who + 3,
			      f->when == IV_OVERDUE ? ", due " : " ");
	else
		iv_buf_puts(out, "; ");
	iv_buf_puts(out, when_word(f));
	change_day(out, cmd, f->due);
	if (!who)
		iv_buf_printf(out, ": %s", f->message);
}

int next_add(struct iv_buf *out, struct cmd *cmd, const char *path, struct iv_error *error)
{
	struct iv_findings findings;
	const struct iv_finding *next = NULL;
	int rc = findings_about(&findings, cmd, path, error);
	if (rc)
		return rc;
	iv_agenda_sort(findings.items, findings.count);
	for (size_t i = 0; !next && i < findings.count; i++)
		if (is_owed(&findings.items[i]))
			next = &findings.items[i];
	if (next)
		add_row(out, cmd, next);
	iv_findings_release(&findings);
	return 0;
}
