/* The figures for people, with bars. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/prose.h"
#include "view/stats.h"
#include "view/style.h"

#define BAR_MAX 32
#define NAME_MAX_WIDTH 32

static void head(struct iv_buf *out, const struct iv_stats *stats, const char *text)
{
	iv_buf_puts(out, out->len ? "\n" : "");
	iv_style_text(out, stats->color, IV_STYLE_STRONG, iv_str_of(text));
}

/* Behind two spaces, in eighths of a column; what is there has at least one of them. */
static void add_bar(struct iv_buf *out, size_t number, size_t of, size_t width)
{
	static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	size_t eighths = of ? (number * width * 8 + of / 2) / of : 0;

	if (number && !eighths)
		eighths = 1;
	iv_buf_puts(out, eighths ? "  " : "");
	for (size_t i = 0; i < eighths / 8; i++)
		iv_buf_puts(out, "█");
	iv_buf_puts(out, parts[eighths % 8]);
}

/* ---- requests ---- */

static void add_fate(struct iv_buf *out, const char *label, size_t number, size_t of)
{
	iv_buf_printf(out, "  %-15s %5zu", label, number);
	add_bar(out, number, of, BAR_MAX);
	iv_buf_putc(out, '\n');
}

/* Only of ten and more a percentage says more than the numbers. */
static void add_share(struct iv_buf *out, size_t part, size_t of)
{
	iv_buf_printf(out, "%zu of %zu", part, of);
	if (of >= 10)
		iv_buf_printf(out, " (%zu %%)", (200 * part + of) / (2 * of));
}

static void add_requests(struct iv_buf *out, const struct iv_stats *stats, const struct iv_sum *sum)
{
	static const struct {
		enum iv_fate fate;
		const char *label;
	} rows[] = {
		{IV_FATE_YES, "said yes"},          {IV_FATE_NO, "said no"},
		{IV_FATE_LATER, "said later"},      {IV_FATE_WAITING, "no answer yet"},
		{IV_FATE_SILENT, "never answered"},
	};

	if (!sum->asked && !sum->fates[IV_FATE_BOUNCED])
		return;
	head(out, stats, "Requests");
	iv_buf_putc(out, '\n');
	add_fate(out, "asked", sum->asked, sum->asked);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (sum->fates[rows[i].fate])
			add_fate(out, rows[i].label, sum->fates[rows[i].fate], sum->asked);
	if (sum->fates[IV_FATE_BOUNCED])
		iv_buf_printf(out, "  %-15s %5zu  never arrived\n", "bounced",
			      sum->fates[IV_FATE_BOUNCED]);
	if (!sum->settled)
		return;
	iv_buf_puts(out, "  people who accepted: ");
	add_share(out, sum->accepted, sum->settled);
	if (sum->pending)
		iv_buf_printf(out, "; %zu more pending", sum->pending);
	iv_buf_putc(out, '\n');
}

/* ---- days ---- */

static void add_span(struct iv_buf *out, const char *label, const struct iv_span_figures *span)
{
	struct iv_buf median = IV_BUF_INIT;

	if (!span->count)
		return;
	iv_median_text(&median, span);
	iv_buf_printf(out, "  %-26s %5s   ", label, median.ptr);
	if (span->shortest == span->longest)
		iv_buf_puts(out, "always");
	else
		iv_buf_printf(out, "%lld to %lld", (long long)span->shortest,
			      (long long)span->longest);
	iv_buf_printf(out, ", %zu time%s\n", span->count, span->count == 1 ? "" : "s");
	iv_buf_release(&median);
}

static void add_days(struct iv_buf *out, const struct iv_stats *stats, const struct iv_sum *sum)
{
	if (!sum->answer.count && !sum->meeting.count)
		return;
	head(out, stats, "Days, the median first");
	iv_buf_putc(out, '\n');
	add_span(out, "from asking to an answer", &sum->answer);
	add_span(out, "from asking to the meeting", &sum->meeting);
	add_span(out, "from the meeting to thanks", &sum->thanked);
}

/* ---- meetings ---- */

static void add_meetings(struct iv_buf *out, const struct iv_stats *stats)
{
	struct iv_meetings_sum sum = iv_stats_meetings(stats->tally);
	size_t due = sum.thanks[IV_THANKS_IN_TIME] + sum.thanks[IV_THANKS_LATE] +
		     sum.thanks[IV_THANKS_MISSING];
	size_t tenths;

	if (!sum.meetings)
		return;
	head(out, stats, "Meetings");
	iv_buf_printf(out, "\n  held: %zu, with %zu %s\n", sum.meetings, sum.people,
		      sum.people == 1 ? "person" : "people");
	if (due) {
		iv_buf_puts(out, "  thanked in writing and in time: ");
		add_share(out, sum.thanks[IV_THANKS_IN_TIME], due);
		if (sum.thanks[IV_THANKS_LATE])
			iv_buf_printf(out, ", late: %zu", sum.thanks[IV_THANKS_LATE]);
		if (sum.thanks[IV_THANKS_MISSING])
			iv_buf_printf(out, ", missing: %zu", sum.thanks[IV_THANKS_MISSING]);
		iv_buf_putc(out, '\n');
	}
	if (sum.thanks[IV_THANKS_OPEN])
		iv_buf_printf(out, "  thanks not due yet: %zu\n", sum.thanks[IV_THANKS_OPEN]);
	tenths = (20 * (size_t)sum.names + sum.meetings) / (2 * sum.meetings);
	iv_buf_printf(out, "  names given: %zu, %zu.%zu a meeting\n", (size_t)sum.names,
		      tenths / 10, tenths % 10);
}

/* ---- groups ---- */

static void add_name(struct iv_buf *out, const char *name, size_t width)
{
	struct iv_buf shown = IV_BUF_INIT;
	size_t len = 0, columns = 0, all;

	iv_buf_visible(&shown, iv_str_of(name), true);
	all = iv_utf8_width(iv_buf_view(&shown));
	while (len < shown.len) {
		size_t next = iv_utf8_next(iv_str_slice(iv_buf_view(&shown), len, shown.len));
		size_t wide = iv_utf8_width(iv_str_slice(iv_buf_view(&shown), len, len + next));

		if (columns + wide + (all > width) > width)
			break;
		len += next;
		columns += wide;
	}
	iv_buf_add(out, shown.ptr, len);
	if (len < shown.len) {
		iv_buf_puts(out, "…");
		columns++;
	}
	iv_buf_printf(out, "%*s", (int)(width - columns), "");
	iv_buf_release(&shown);
}

static const char *group_name(const struct iv_stats *stats, const struct iv_group *group)
{
	if (*group->name)
		return group->name;
	return stats->by == IV_BY_VIA ? "no channel given" : "none given";
}

static void add_groups(struct iv_buf *out, const struct iv_stats *stats)
{
	struct iv_groups groups = iv_stats_groups(stats->tally, stats->by);
	struct iv_buf title = IV_BUF_INIT;
	size_t most = 0, width = 12;

	for (size_t i = 0; i < groups.count; i++) {
		size_t wide = iv_utf8_width(iv_str_of(group_name(stats, &groups.items[i])));

		width = wide > width ? wide : width;
		most = groups.items[i].sum.asked > most ? groups.items[i].sum.asked : most;
	}
	width = width > NAME_MAX_WIDTH ? NAME_MAX_WIDTH : width;
	iv_buf_printf(&title, "By %s", iv_stats_by_word(stats->by));
	iv_buf_printf(&title, "%*s", (int)(width + 2 > title.len ? width + 2 - title.len : 0), "");
	head(out, stats, title.ptr);
	iv_buf_puts(out, "  asked  yes   no open  met thanked\n");
	for (size_t i = 0; i < groups.count; i++) {
		const struct iv_sum *sum = &groups.items[i].sum;

		iv_buf_puts(out, "  ");
		add_name(out, group_name(stats, &groups.items[i]), width);
		iv_buf_printf(out, "  %5zu %4zu %4zu %4zu %4zu %7zu", sum->asked,
			      sum->fates[IV_FATE_YES], sum->fates[IV_FATE_NO],
			      sum->asked - sum->fates[IV_FATE_YES] - sum->fates[IV_FATE_NO],
			      sum->met,
			      sum->thanks[IV_THANKS_IN_TIME] + sum->thanks[IV_THANKS_LATE]);
		add_bar(out, sum->asked, most, 12);
		iv_buf_putc(out, '\n');
	}
	iv_buf_release(&title);
	iv_groups_release(&groups);
}

/* ---- doors ---- */

static void add_count(struct iv_buf *out, size_t number, const char *one, const char *many)
{
	if (number)
		iv_buf_printf(out, "%s%zu %s", out->len ? ", " : "", number,
			      number == 1 ? one : many);
}

static void add_reach(void *data, struct iv_buf *out, size_t number)
{
	const struct iv_reach *reach = &((const struct iv_door *)data)[number].reach;
	struct iv_buf sum = IV_BUF_INIT;

	add_count(&sum, reach->people, "person", "people");
	add_count(&sum, reach->asked, "asked", "asked");
	add_count(&sum, reach->accepted, "yes", "yes");
	add_count(&sum, reach->met, "met", "met");
	add_count(&sum, reach->organizations, "organization", "organizations");
	add_count(&sum, (size_t)reach->jobs, "job interview", "job interviews");
	iv_buf_printf(out, "     = %s\n", sum.ptr);
	iv_buf_release(&sum);
}

static void add_doors(struct iv_buf *out, const struct iv_stats *stats)
{
	size_t count = 0;
	struct iv_door *doors = iv_stats_doors(&count, stats->graph);
	size_t *roots = iv_calloc(count + 1, sizeof(*roots));
	struct iv_graph_part part = {.graph = stats->graph,
				     .knots = roots,
				     .count = count,
				     .color = stats->color,
				     .today = stats->today,
				     .after = add_reach,
				     .data = doors};

	for (size_t i = 0; i < count; i++)
		roots[i] = doors[i].root;
	if (count) {
		head(out, stats, "Who opened which doors");
		iv_buf_puts(out, stats->from != IV_NO_DAY || stats->to != IV_NO_DAY
					 ? ", in the whole search\n"
					 : "\n");
	}
	iv_graph_tree(out, &part, "  ");
	free(roots);
	free(doors);
}

void iv_stats_text(struct iv_buf *out, const struct iv_stats *stats)
{
	struct iv_groups all = iv_stats_groups(stats->tally, IV_BY_NOTHING);

	if (!stats->tally->asking_count && !stats->tally->seen_count)
		iv_buf_puts(out, "Nothing was asked, and nobody met.\n");
	add_requests(out, stats, &all.items[0].sum);
	if (stats->by != IV_BY_NOTHING && stats->tally->asking_count)
		add_groups(out, stats);
	add_days(out, stats, &all.items[0].sum);
	add_meetings(out, stats);
	add_doors(out, stats);
	iv_groups_release(&all);
}
