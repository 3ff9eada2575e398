#include "view/choose.h"

#include <string.h>

#include <ivnotes/view.h>

#include "base/mem.h"

struct iv_finding *iv_choose(size_t *count, const struct iv_findings *findings, iv_choose_fn choose,
			     const void *data)
{
	struct iv_finding *chosen = iv_calloc(findings->count + 1, sizeof(*chosen));
	*count = 0;
	for (size_t i = 0; i < findings->count; i++)
		if (choose(&findings->items[i], data))
			chosen[(*count)++] = findings->items[i];
	if (*count && chosen[0].due != IV_NO_DAY)
		iv_agenda_sort(chosen, *count);
	return chosen;
}

bool iv_waits_for_meeting(const struct iv_finding *finding, const struct iv_findings *findings,
			  iv_day day)
{
	if (finding->since == IV_NO_DAY || finding->since <= day)
		return false;
	for (size_t i = 0; i < findings->count; i++) {
		const struct iv_finding *meeting = &findings->items[i];
		if (meeting->rule->agenda_only && meeting->due <= finding->since &&
		    strcmp(meeting->path, finding->path) == 0)
			return true;
	}
	return false;
}
