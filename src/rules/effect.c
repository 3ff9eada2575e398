#include "rules/effect.h"

#include <stdlib.h>

#include "base/mem.h"

/* Of lines first to last; `reach` is the greatest `last` of those of its rule up to this one. */
struct suppression {
	int64_t note, first, last, reach;
	struct iv_str rule;
};

struct effects {
	const struct iv_rules *rules;
	struct iv_stmt *person;
	struct iv_arena *arena;
	struct suppression *suppressions; /* by note, rule and first line */
	size_t count, capacity;
	bool pauses; /* somebody is paused */
};

/* ---- suppressions ---- */

static int compare(const struct suppression *a, const struct suppression *b)
{
	int order = (a->note > b->note) - (a->note < b->note);

	if (!order)
		order = iv_str_cmp(a->rule, b->rule);
	return order ? order : (a->first > b->first) - (a->first < b->first);
}

static int by_place(const void *a, const void *b)
{
	return compare(a, b);
}

static bool same_rule(const struct suppression *a, const struct suppression *b)
{
	return a->note == b->note && iv_str_eq(a->rule, b->rule);
}

static void sort_suppressions(struct effects *effects)
{
	struct suppression *all = effects->suppressions;

	if (effects->count)
		qsort(all, effects->count, sizeof(*all), by_place);
	for (size_t i = 0; i < effects->count; i++) {
		all[i].reach = all[i].last;
		if (i && same_rule(&all[i - 1], &all[i]) && all[i - 1].reach > all[i].reach)
			all[i].reach = all[i - 1].reach;
	}
}

static int read_suppressions(struct effects *effects, struct iv_db *db, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT note, rule, first_line, last_line FROM suppression",
			     error);

	if (rc)
		return rc;
	while ((rc = iv_stmt_step(stmt, error)) == 1) {
		int64_t first = iv_stmt_int(stmt, 2);
		IV_GROW(effects->suppressions, effects->count, effects->capacity);
		effects->suppressions[effects->count++] = (struct suppression){
			.note = iv_stmt_int(stmt, 0),
			.rule = iv_arena_str(effects->arena, iv_stmt_text(stmt, 1)),
			.first = first,
			.last = first ? iv_stmt_int(stmt, 3) : INT64_MAX,
		};
	}
	iv_stmt_free(stmt);
	sort_suppressions(effects);
	return rc;
}

/* Of those that begin up to the row's line, does one reach it? */
static bool is_suppressed(const struct effects *effects, const struct row *row)
{
	struct suppression wanted = {
		.note = row->note, .rule = iv_str_of(row->rule->id), .first = row->line};
	size_t low = 0, high = effects->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare(&effects->suppressions[middle], &wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return false;
	return same_rule(&effects->suppressions[low - 1], &wanted) &&
	       effects->suppressions[low - 1].reach >= row->line;
}

/* ---- pauses ---- */

static int look_for_pauses(struct effects *effects, struct iv_db *db, struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT 1 FROM contact WHERE paused IS NOT NULL LIMIT 1",
			     error);

	if (rc)
		return rc;
	rc = iv_stmt_step(stmt, error);
	iv_stmt_free(stmt);
	effects->pauses = rc == 1;
	return rc < 0 ? rc : 0;
}

/* ---- days ---- */

static iv_day earlier(iv_day a, iv_day b)
{
	return a == IV_NO_DAY ? b : b == IV_NO_DAY || a < b ? a : b;
}

static void end_before(struct row *row, iv_day day)
{
	if (day != IV_NO_DAY)
		row->until = earlier(row->until, day - 1);
}

/* Does the row hold on any day? A ban without a date ends everything before the first one. */
static bool holds(const struct row *row)
{
	iv_day first = row->since != IV_NO_DAY ? row->since : iv_day_of((struct iv_civil){1, 1, 1});
	return row->until == IV_NO_DAY || row->until >= first;
}

/* Whole spans of days move together; open ends stay open. */
static void pause(struct row *row, iv_day paused)
{
	iv_day by;

	if (paused == IV_NO_DAY || row->due == IV_NO_DAY || row->due >= paused)
		return;
	by = paused - row->due;
	row->due = paused;
	row->since += row->since == IV_NO_DAY ? 0 : by;
	row->until += row->until == IV_NO_DAY ? 0 : by;
}

static void lapse(struct row *row, const struct bounds *bounds)
{
	if (row->due != IV_NO_DAY && !bounds->lapse.off)
		row->until = earlier(row->until,
				     iv_day_plus(row->due, bounds->lapse, &bounds->holidays));
}

static int apply_person(struct effects *effects, struct row *row, struct iv_error *error)
{
	int rc;

	iv_stmt_bind_int(effects->person, 1, row->who);
	rc = iv_stmt_step(effects->person, error);
	if (rc == 1) {
		pause(row, iv_stmt_day(effects->person, 1));
		end_before(row, iv_stmt_day(effects->person, 0));
		rc = 0;
	}
	iv_stmt_reset(effects->person);
	return rc;
}

int iv_effects_apply(struct effects *effects, struct row *row, struct iv_error *error)
{
	const struct iv_rule *rule = row->rule;
	const struct bounds *bounds = &effects->rules->bounds;
	int rc;

	/* A span that is off says never; a rule of one's own may owe without a day. */
	if (rule->kind == IV_RULE_OWED && row->due == IV_NO_DAY && !rule->path)
		return 0;
	rc = rule->to_person && row->who ? apply_person(effects, row, error) : 0;
	if (rc)
		return rc;
	if (rule->lapses)
		lapse(row, bounds);
	if (rule->search_only)
		end_before(row, bounds->search_ended);
	/* Advice is never due; a day of it only says when it lapses and what a pause moves. */
	if (rule->kind != IV_RULE_OWED)
		row->due = IV_NO_DAY;
	if (!holds(row))
		return 0;
	if (row->severity < 0 || effects->rules->fixed[rule - effects->rules->rules])
		row->severity = rule->severity;
	row->suppressed = is_suppressed(effects, row);
	return 1;
}

/* ---- the rows that can matter ---- */

/* The first day that something must have been due on not to have lapsed before `horizon`. */
static iv_day first_due(const struct bounds *bounds, iv_day horizon)
{
	iv_day low = iv_day_of((struct iv_civil){1, 1, 1}), high = horizon;

	while (low < high) {
		iv_day middle = low + (high - low) / 2;
		iv_day end = iv_day_plus(middle, bounds->lapse, &bounds->holidays);

		if (end == IV_NO_DAY || end >= horizon)
			high = middle;
		else
			low = middle + 1;
	}
	return high;
}

void iv_effects_reach(struct iv_buf *out, const struct effects *effects, const struct iv_rule *rule,
		      iv_day horizon)
{
	const struct bounds *bounds = &effects->rules->bounds;
	char day[11];

	if (horizon == IV_NO_DAY || rule->path)
		return;
	iv_day_format(day, horizon);
	/* In one word each: a day that is worked out would be so for every one. */
	iv_buf_printf(out, "(ifnull(until, '9999-12-31') >= '%s'", day);
	if (rule->lapses && !bounds->lapse.off) {
		iv_day_format(day, first_due(bounds, horizon));
		iv_buf_printf(out, " AND ifnull(due, '9999-12-31') >= '%s'", day);
	}
	iv_buf_putc(out, ')');
	if (effects->pauses && rule->to_person)
		iv_buf_puts(out, " OR who IN (SELECT note FROM contact WHERE paused IS NOT NULL)");
	if (effects->count)
		iv_buf_puts(out, " OR note IN (SELECT note FROM suppression)");
}

int iv_effects_new(struct effects **out, struct iv_db *db, const struct iv_rules *rules,
		   struct iv_error *error)
{
	struct effects *effects = iv_calloc(1, sizeof(*effects));
	int rc;

	effects->rules = rules;
	effects->arena = iv_arena_new();
	rc = iv_stmt_new(&effects->person, db,
			 "SELECT do_not_contact, paused FROM contact WHERE note = ?1", error);
	if (!rc)
		rc = read_suppressions(effects, db, error);
	if (!rc)
		rc = look_for_pauses(effects, db, error);
	if (rc) {
		iv_effects_free(effects);
		effects = NULL;
	}
	*out = effects;
	return rc;
}

void iv_effects_free(struct effects *effects)
{
	if (!effects)
		return;
	iv_arena_free(effects->arena);
	free(effects->suppressions);
	iv_stmt_free(effects->person);
	free(effects);
}
