/* What a dossier comes to, and its words. */
#include <inttypes.h>

#include "view/dossier.h"
#include "view/prose.h"

static void add_sitting(struct iv_figures *out, const struct iv_sitting *sitting)
{
	if (!sitting->held)
		return;
	out->meetings++;
	if (out->last == IV_NO_DAY || sitting->day > out->last)
		out->last = sitting->day;
	if (!sitting->rating || !sitting->speaks)
		return;
	if (!out->rated++)
		out->lowest = out->highest = sitting->rating;
	out->sum += sitting->rating;
	if (sitting->rating < out->lowest)
		out->lowest = sitting->rating;
	if (sitting->rating > out->highest)
		out->highest = sitting->rating;
}

static void add_member(struct iv_figures *out, const struct iv_member *member)
{
	enum iv_standing standing = member->standing;

	out->voices += standing == IV_STANDING_MET || standing == IV_STANDING_AHEAD;
	out->pending +=
		member->speaks && (standing == IV_STANDING_ASKED || standing == IV_STANDING_LATER ||
				   standing == IV_STANDING_YES);
	out->to_meet += standing == IV_STANDING_UNASKED;
}

struct iv_figures iv_dossier_figures(const struct iv_dossier *dossier)
{
	struct iv_figures figures = {.last = IV_NO_DAY};

	for (size_t i = 0; i < dossier->member_count; i++)
		add_member(&figures, &dossier->members[i]);
	for (size_t i = 0; i < dossier->sitting_count; i++)
		add_sitting(&figures, &dossier->sittings[i]);
	figures.promises = dossier->promise_count;
	figures.to_meet += dossier->name_count;
	return figures;
}

void iv_figures_mean(struct iv_buf *out, const struct iv_figures *figures)
{
	int64_t count = (int64_t)figures->rated, tenths;

	if (!count)
		return;
	tenths = (20 * figures->sum + count) / (2 * count);
	iv_buf_printf(out, "%" PRId64, tenths / 10);
	if (tenths % 10)
		iv_buf_printf(out, ".%" PRId64, tenths % 10);
}

void iv_figures_rating(struct iv_buf *out, const struct iv_figures *figures)
{
	iv_figures_mean(out, figures);
	if (figures->lowest < figures->highest)
		iv_buf_printf(out, " (%" PRId64 " to %" PRId64 ")", figures->lowest,
			      figures->highest);
}

const char *iv_standing_word(enum iv_standing standing)
{
	switch (standing) {
	case IV_STANDING_UNASKED: return "unasked";
	case IV_STANDING_ASKED: return "asked";
	case IV_STANDING_SILENT: return "silent";
	case IV_STANDING_LATER: return "later";
	case IV_STANDING_YES: return "yes";
	case IV_STANDING_NO: return "no";
	case IV_STANDING_CLOSED: return "closed";
	case IV_STANDING_AHEAD: return "ahead";
	case IV_STANDING_MET: return "met";
	}
	return "";
}

static const char *before_day(enum iv_standing standing)
{
	switch (standing) {
	case IV_STANDING_UNASKED: return "not asked yet";
	case IV_STANDING_ASKED:
	case IV_STANDING_SILENT: return "asked ";
	case IV_STANDING_LATER: return "answered 'later' on ";
	case IV_STANDING_YES: return "said yes on ";
	case IV_STANDING_NO: return "said no on ";
	case IV_STANDING_CLOSED: return "wants to hear no more";
	case IV_STANDING_AHEAD: return "to meet on ";
	case IV_STANDING_MET: return "met ";
	}
	return "";
}

void iv_standing_text(struct iv_buf *out, enum iv_standing standing, iv_day day)
{
	if (standing == IV_STANDING_UNASKED && day != IV_NO_DAY) {
		iv_buf_puts(out, "last in touch ");
		iv_prose_day(out, day);
		iv_buf_puts(out, ", ");
	}
	iv_buf_puts(out, before_day(standing));
	if (standing == IV_STANDING_UNASKED || standing == IV_STANDING_CLOSED || day == IV_NO_DAY)
		return;
	iv_prose_day(out, day);
	if (standing == IV_STANDING_ASKED)
		iv_buf_puts(out, ", no answer yet");
	else if (standing == IV_STANDING_SILENT)
		iv_buf_puts(out, ", never answered");
	else if (standing == IV_STANDING_YES)
		iv_buf_puts(out, ", no meeting is set");
}

void iv_route_text(struct iv_buf *out, const struct iv_route *route, const char *person)
{
	for (size_t i = 0; i < route->count; i++) {
		iv_prose_text(out, route->names[i]);
		if (!i && route->origin) {
			iv_buf_puts(out, " (");
			iv_prose_text(out, route->origin);
			iv_buf_putc(out, ')');
		}
		iv_buf_puts(out, " → ");
	}
	iv_prose_text(out, person);
}

bool iv_member_source(struct iv_buf *out, const struct iv_member *member)
{
	const char *origin = member->relation ? member->relation : member->source;

	for (size_t i = 0; i < member->route_count; i++) {
		iv_buf_puts(out, i ? "; and " : "");
		iv_route_text(out, &member->routes[i], member->name);
	}
	if (!member->route_count)
		iv_prose_text(out, origin);
	return member->route_count || origin;
}
