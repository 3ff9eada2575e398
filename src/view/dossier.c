#include "view/dossier.h"

#include <inttypes.h>
#include <string.h>

#include "view/markdown.h"
#include "view/prose.h"

static void add_heading(struct iv_buf *out, const char *text)
{
	iv_buf_printf(out, "\n## %s\n\n", text);
}

/* Adds the item and empties it. */
static void end_item(struct iv_buf *out, struct iv_buf *item, const char *mark)
{
	iv_prose_item(out, mark, iv_buf_view(item));
	iv_buf_clear(item);
}

/* "3 voices" */
static void add_count(struct iv_buf *out, size_t count, const char *one, const char *many)
{
	iv_buf_printf(out, "%zu %s", count, count == 1 ? one : many);
}

/* ---- the head ---- */

static void add_kind(struct iv_buf *out, const struct iv_dossier_page *page)
{
	const struct iv_place *place = page->place;

	iv_buf_puts(out, place->target ? "A target" : "Not on the list of targets");
	if (place->rank) {
		iv_buf_puts(out, ", rank ");
		iv_prose_text(out, place->rank);
	}
	if (place->pursuing != IV_NO_DAY) {
		iv_buf_puts(out, ", pursued since ");
		iv_prose_day(out, place->pursuing);
	}
	iv_buf_puts(out, strcmp(page->stance, "candid") == 0
				 ? ". Candid: say that you want to work there."
				 : ". To learn from, not to ask for a job.");
	if (place->url) {
		iv_buf_putc(out, ' ');
		iv_prose_url(out, place->url);
	}
}

/* "Rated 4 of 5 once. ", "Rated 4 of 5 on average (3 to 5). " */
static void add_rating(struct iv_buf *out, const struct iv_figures *figures)
{
	iv_buf_puts(out, "Rated ");
	iv_figures_mean(out, figures);
	if (figures->lowest < figures->highest)
		iv_buf_printf(out, " of 5 on average (%" PRId64 " to %" PRId64 "). ",
			      figures->lowest, figures->highest);
	else if (figures->rated == 1)
		iv_buf_puts(out, " of 5 once. ");
	else
		iv_buf_printf(out, " of 5 %zu times. ", figures->rated);
}

static void add_figures(struct iv_buf *out, const struct iv_figures *figures)
{
	add_count(out, figures->voices, "voice", "voices");
	iv_buf_puts(out, ", ");
	add_count(out, figures->meetings, "meeting", "meetings");
	if (figures->last != IV_NO_DAY) {
		iv_buf_puts(out, ", the last on ");
		iv_prose_day(out, figures->last);
	}
	iv_buf_puts(out, ". ");
	if (figures->rated)
		add_rating(out, figures);
	add_count(out, figures->promises, "promise", "promises");
	iv_buf_puts(out, " open, ");
	add_count(out, figures->pending, "request", "requests");
	iv_buf_printf(out, " pending, %zu still to be met.", figures->to_meet);
}

static void add_head(struct iv_buf *out, const struct iv_dossier_page *page)
{
	struct iv_figures figures = iv_dossier_figures(page->dossier);
	struct iv_buf item = IV_BUF_INIT;

	iv_buf_puts(out, "# ");
	iv_prose_text(out, page->place->name);
	iv_buf_puts(out, "\n\n");
	if (page->place->path)
		add_kind(&item, page);
	else
		iv_buf_puts(&item, "No note of its own yet.");
	end_item(out, &item, "");
	iv_buf_putc(out, '\n');
	add_figures(&item, &figures);
	end_item(out, &item, "");
	if (page->about.len)
		iv_buf_putc(out, '\n');
	iv_prose_quote(out, page->about);
	iv_buf_release(&item);
}

/* ---- people ---- */

static void add_post(struct iv_buf *item, const struct iv_member *member)
{
	if (member->role) {
		iv_buf_puts(item, ", ");
		iv_prose_text(item, member->role);
	}
	if (!member->here)
		iv_buf_puts(item, ", formerly there");
	if (!member->here && member->employer) {
		iv_buf_puts(item, ", now at ");
		iv_prose_text(item, member->employer);
	}
}

static void add_member(struct iv_buf *out, struct iv_buf *item, const struct iv_member *member)
{
	struct iv_buf source = IV_BUF_INIT;

	iv_buf_puts(item, "**");
	iv_prose_text(item, member->name);
	iv_buf_puts(item, "**");
	add_post(item, member);
	iv_buf_puts(item, ": ");
	iv_standing_text(item, member->standing, member->day);
	if (member->closed && member->standing != IV_STANDING_CLOSED)
		iv_buf_puts(item, ", wants to hear no more");
	iv_buf_putc(item, '.');
	if (iv_member_source(&source, member)) {
		iv_buf_puts(item, member->route_count ? " By way of " : " From: ");
		iv_buf_str(item, iv_buf_view(&source));
		iv_buf_putc(item, '.');
	}
	end_item(out, item, "- ");
	iv_buf_release(&source);
}

static void add_members(struct iv_buf *out, const struct iv_dossier_page *page)
{
	struct iv_buf item = IV_BUF_INIT;

	add_heading(out, "People");
	for (size_t i = 0; i < page->dossier->member_count; i++)
		add_member(out, &item, &page->dossier->members[i]);
	if (!page->dossier->member_count)
		iv_buf_puts(out, "Nobody there is known by name yet.\n");
	iv_buf_release(&item);
}

/* "Rosa Kimura, named by Felix Moreau (Wed 21 Oct 2026)." */
static void add_names(struct iv_buf *out, const struct iv_dossier_page *page)
{
	struct iv_buf item = IV_BUF_INIT;

	for (size_t i = 0; i < page->dossier->name_count; i++) {
		const struct iv_name *name = &page->dossier->names[i];

		iv_prose_text(&item, name->name);
		iv_buf_puts(&item, ", named by ");
		iv_prose_text(&item, name->by);
		if (name->day != IV_NO_DAY) {
			iv_buf_puts(&item, " (");
			iv_prose_day(&item, name->day);
			iv_buf_putc(&item, ')');
		}
		iv_buf_puts(&item, ": not asked yet.");
		end_item(out, &item, "- ");
	}
	iv_buf_release(&item);
}

/* ---- meetings ---- */

static void add_minutes(struct iv_buf *item, const struct iv_sitting *sitting)
{
	if (sitting->actual >= 0)
		iv_buf_printf(item, ", %" PRId64 " minutes", sitting->actual);
	if (sitting->planned >= 0)
		iv_buf_printf(item, sitting->actual >= 0 ? " of %" PRId64 : ", %" PRId64 " minutes",
			      sitting->planned);
}

static const char *kind_of(const struct iv_sitting *sitting)
{
	return strcmp(sitting->kind, "job") == 0        ? "A job interview"
	       : strcmp(sitting->kind, "catch-up") == 0 ? "To catch up"
							: "To learn";
}

/* "To learn, in-person: the office; 40 minutes of 20. Rated 4. Named Tom Tolley." */
static void add_facts(struct iv_buf *out, const struct iv_sitting *sitting)
{
	struct iv_buf item = IV_BUF_INIT;

	iv_buf_puts(&item, kind_of(sitting));
	if (sitting->via)
		iv_buf_printf(&item, ", %s", sitting->via);
	if (sitting->place) {
		iv_buf_puts(&item, " (");
		iv_prose_text(&item, sitting->place);
		iv_buf_putc(&item, ')');
	}
	add_minutes(&item, sitting);
	iv_buf_putc(&item, '.');
	if (sitting->rating)
		iv_buf_printf(&item, " Rated %" PRId64 "%s.", sitting->rating,
			      sitting->speaks ? "" : ", for where they work now");
	if (sitting->referrals) {
		iv_buf_puts(&item, " Named ");
		iv_prose_text(&item, sitting->referrals);
		iv_buf_putc(&item, '.');
	}
	if (!sitting->known)
		iv_buf_puts(&item, " What became of it is not noted.");
	end_item(out, &item, "");
	iv_buf_release(&item);
}

void iv_sitting_markdown(struct iv_buf *out, const struct iv_sitting *sitting, struct iv_str said)
{
	iv_buf_puts(out, "\n### ");
	iv_prose_day(out, sitting->day);
	iv_buf_puts(out, ": ");
	iv_prose_text(out, sitting->names);
	iv_buf_puts(out, "\n\n");
	add_facts(out, sitting);
	if (said.len)
		iv_buf_putc(out, '\n');
	iv_prose_quote(out, said);
}

static const char *state_of(const struct iv_sitting *sitting)
{
	return !sitting->state ? "no outcome noted" : sitting->state;
}

/* Those ahead, and those that did not come about. */
static void add_other(struct iv_buf *out, const struct iv_sitting *sitting)
{
	struct iv_buf item = IV_BUF_INIT;

	iv_prose_day(&item, sitting->day);
	iv_buf_puts(&item, ": ");
	iv_prose_text(&item, sitting->names);
	iv_buf_printf(&item, ", %s.", sitting->ahead ? "ahead" : state_of(sitting));
	end_item(out, &item, "- ");
	iv_buf_release(&item);
}

static void add_sittings(struct iv_buf *out, const struct iv_dossier_page *page)
{
	size_t others = 0;

	add_heading(out, "What was said");
	out->len--; /* each meeting begins with an empty line */
	for (size_t i = 0; i < page->dossier->sitting_count; i++) {
		if (page->dossier->sittings[i].held)
			iv_sitting_markdown(out, &page->dossier->sittings[i], page->said[i]);
		else
			others++;
	}
	if (others == page->dossier->sitting_count)
		iv_buf_puts(out, "\nNo meeting has taken place yet.\n");
	if (others)
		add_heading(out, "Other meetings");
	for (size_t i = 0; i < page->dossier->sitting_count; i++)
		if (!page->dossier->sittings[i].held)
			add_other(out, &page->dossier->sittings[i]);
}

/* ---- what is open ---- */

void iv_promises_markdown(struct iv_buf *out, const struct iv_dossier *dossier)
{
	struct iv_buf item = IV_BUF_INIT;

	for (size_t i = 0; i < dossier->promise_count; i++) {
		const struct iv_promise *promise = &dossier->promises[i];

		iv_buf_puts(&item, promise->theirs ? "Theirs (" : "Mine (");
		iv_prose_text(&item, promise->about);
		if (promise->due != IV_NO_DAY) {
			iv_buf_puts(&item, ", ");
			iv_prose_day(&item, promise->due);
		}
		iv_buf_puts(&item, "): ");
		iv_prose_text(&item, promise->text);
		end_item(out, &item, "- ");
	}
	iv_buf_release(&item);
}

static void add_leads(struct iv_buf *out, const struct iv_dossier *dossier)
{
	struct iv_buf item = IV_BUF_INIT;

	if (dossier->lead_count)
		add_heading(out, "Leads");
	for (size_t i = 0; i < dossier->lead_count; i++) {
		const struct iv_told_lead *lead = &dossier->leads[i];

		iv_prose_text(&item, lead->text);
		iv_buf_puts(&item, " (");
		iv_prose_text(&item, lead->by);
		iv_buf_puts(&item, ", ");
		iv_prose_day(&item, lead->day);
		iv_buf_puts(&item, lead->reported == IV_NO_DAY ? "; not reported back yet)"
							       : "; reported back)");
		end_item(out, &item, "- ");
	}
	iv_buf_release(&item);
}

static bool was_asked(const struct iv_dossier *dossier, size_t topic)
{
	for (size_t i = 0; i < dossier->asked_count; i++)
		if (dossier->asked[i].topics >> topic & 1)
			return true;
	return false;
}

/* What nobody there was asked about, each with a question that would. */
static void add_open_questions(struct iv_buf *out, const struct iv_dossier_page *page)
{
	const struct iv_dossier *dossier = page->dossier;
	struct iv_buf item = IV_BUF_INIT;
	size_t count = 0;

	for (size_t t = 0; t < dossier->topic_count; t++) {
		const char *label = iv_bank_label(iv_str_of(dossier->topics[t]));
		size_t i = 0;

		if (was_asked(dossier, t))
			continue;
		if (!count++)
			add_heading(out, "Not asked there yet");
		while (i < page->bank->count &&
		       !iv_str_is(page->bank->items[i].topic, dossier->topics[t]))
			i++;
		iv_buf_printf(&item, "%s", label ? label : dossier->topics[t]);
		if (i < page->bank->count) {
			iv_buf_puts(&item, ": ");
			iv_markdown_text(&item, page->bank->items[i].text);
		}
		end_item(out, &item, "- ");
	}
	iv_buf_release(&item);
}

void iv_dossier_markdown(struct iv_buf *out, const struct iv_dossier_page *page)
{
	add_head(out, page);
	add_members(out, page);
	add_names(out, page);
	add_sittings(out, page);
	if (page->dossier->promise_count)
		add_heading(out, "Open promises");
	iv_promises_markdown(out, page->dossier);
	add_leads(out, page->dossier);
	add_open_questions(out, page);
}
