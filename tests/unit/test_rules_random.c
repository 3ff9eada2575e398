/*
 * Rules run anew only for what changed say what all rules run anew would say: after every one of
 * many random edits to notes that owe much to each other. And each day of a year sees of the kept
 * rows what its own days say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <time.h>

#include <ivnotes/rules.h>

#include "base/date.h"
#include "dump.h"
#include "scratch.h"

#define PEOPLE 70
#define MEETINGS 50
#define EDITS 120
#define FILLERS 2000 /* that nothing is about: without them a few would be a large share */

struct vault {
	struct scratch scratch;
	struct iv_vault *vault;
	struct iv_source *source;
	struct iv_rules *rules;
	struct iv_index *index;
	bool *seen;      /* of each rule: did it find anything? */
	unsigned failed; /* after how many edits did the rule that fails at times? */
	unsigned commits;
};

/* ---- chance, the same in every run ---- */

static uint64_t chance = 7;

static unsigned below(unsigned n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((chance >> 33) % n);
}

#define PICK(array) (array)[below((unsigned)(sizeof(array) / sizeof(*(array))))]

/* ---- notes ---- */

static void day(struct iv_buf *out)
{
	iv_buf_printf(out, "2026-%02u-%02u", 3 + below(5), 1 + below(28));
}

static void records(struct iv_buf *out, const char *field)
{
	static const char *const tails[] = {"email 20m",      "phone",       "email yes",
					    "email no",       "card later",  "bounced",
					    "email no reply", "to Person 3", "Person 12"};

	iv_buf_printf(out, "%s:\n", field);
	for (unsigned i = 1 + below(3); i > 0; i--) {
		iv_buf_puts(out, "  - ");
		day(out);
		iv_buf_printf(out, " %s\n", PICK(tails));
	}
}

static void maybe(struct iv_buf *out, unsigned one_in, const char *text)
{
	if (!below(one_in))
		iv_buf_printf(out, "%s\n", text);
}

/* People by note or by a name that has none, sometimes nobody. */
static void named(struct iv_buf *out, const char *field)
{
	static const char *const strangers[] = {"Omar", "Lucia", "Prof. Wilson", "none"};

	if (below(2))
		iv_buf_printf(out, "%s: [p%u, Omar]\n", field, below(PEOPLE));
	else
		iv_buf_printf(out, "%s: %s\n", field, PICK(strangers));
}

static void person(struct iv_buf *out, unsigned number)
{
	iv_buf_printf(out, "---\ntype: contact\nname: Person %u%s\n", number,
		      below(9) ? "" : " Renamed");
	if (below(3))
		iv_buf_printf(out, "email: p%u@example.org\n", below(8) ? number : below(PEOPLE));
	if (!below(3))
		iv_buf_printf(out, "phone: 555 01%02u\n", below(20));
	if (!below(3))
		named(out, "referred-by");
	if (!below(5))
		named(out, "referrals");
	if (!below(4))
		iv_buf_printf(out, "organization: \"[[org%u]]\"\n", below(5));
	else if (!below(3))
		iv_buf_printf(out, "%s: Company %u\n", below(2) ? "organization" : "formerly",
			      below(3));
	if (number % 5 && below(2))
		records(out, "outreach");
	if (number % 5 && !below(3))
		records(out, "touches");
	if (!below(4))
		records(out, "reported");
	if (!below(4))
		records(out, "feeler");
	maybe(out, 3, "created: 2026-04-01");
	maybe(out, 20, "aliases: [Lucia]");
	maybe(out, 8, "relation: friend");
	maybe(out, 5, "connected: yes");
	maybe(out, 9, "paused: 2026-06-01");
	maybe(out, 9, "do-not-contact: 2026-05-05");
	maybe(out, 9, "keep-in-touch: off");
	maybe(out, 9, "ivnotes-ignore: [nudge, connect, near, far, fails]");
	maybe(out, 4, "purpose: learn");
	maybe(out, 4, "source: alumni list");
	iv_buf_puts(out, "---\n");
	maybe(out, 4, "- [ ] ring them due:2026-06-01");
}

static void meeting(struct iv_buf *out)
{
	static const char *const states[] = {"held",      "held",  "held",   "scheduled",
					     "cancelled", "moved", "missed", "no-show"};

	iv_buf_printf(out, "---\ntype: meeting\ncontact: [p%u", below(PEOPLE));
	if (!below(3))
		iv_buf_printf(out, ", p%u", below(PEOPLE));
	maybe(out, 9, ", Lucia");
	iv_buf_puts(out, "]\ndate: ");
	day(out);
	if (below(2))
		iv_buf_printf(out, " 10:%02u", below(4) * 10);
	iv_buf_putc(out, '\n');
	if (below(2))
		iv_buf_printf(out, "state: %s\n", PICK(states));
	if (below(2))
		records(out, "thank-you");
	if (below(2))
		named(out, "referrals");
	maybe(out, 3, "leads: [a book, a course (reported 2026-06-06)]");
	maybe(out, 4, "resume: promised");
	maybe(out, 3, below(2) ? "planned: 20m\nactual: 50m" : "planned: 40m");
	maybe(out, 9, "kind: catch-up");
	maybe(out, 3, "rating: 2");
	maybe(out, 9, "ivnotes-ignore: thank-you");
	iv_buf_puts(out, "---\n\n## Questions\n\n- Are you hiring?\n- What does it pay?\n");
	maybe(out, 3, "\n## Notes\n\nShe knows [[p3]] and [[nobody]].");
	maybe(out, 3, "\n## Follow-ups\n\n- [ ] send it due:2026-06-02\n- [ ] @waiting hers");
}

static void organization(struct iv_buf *out)
{
	iv_buf_puts(out, "---\ntype: organization\n");
	maybe(out, 2, "stance: candid");
	maybe(out, 2, "target: yes");
	maybe(out, 4, "pursuing: 2026-05-01");
	iv_buf_puts(out, "---\n");
}

/* Writes the note of this number anew: people first, then meetings, then organizations. */
static void write_note(struct vault *vault, unsigned number)
{
	struct iv_buf text = IV_BUF_INIT;
	char name[16];

	if (number < PEOPLE) {
		snprintf(name, sizeof(name), "p%u.md", number);
		person(&text, number);
	} else if (number < PEOPLE + MEETINGS) {
		snprintf(name, sizeof(name), "m%u.md", number);
		meeting(&text);
	} else {
		snprintf(name, sizeof(name), "org%u.md", number % 3);
		organization(&text);
	}
	scratch_write(&vault->scratch, name, text.ptr);
	iv_buf_release(&text);
}

static void remove_note(struct vault *vault, unsigned number)
{
	char name[16], *path;

	snprintf(name, sizeof(name), "%c%u.md", number < PEOPLE ? 'p' : 'm', number);
	path = scratch_path(vault->scratch.vault, name);
	unlink(path);
	free(path);
}

/* ---- the vault ---- */

#define OWN_HEADER(id, scope)                                                                     \
	"-- id: " id "\n-- kind: unwise\n-- severity: info\n-- scope: " scope "\n-- summary: s\n" \
	"SELECT n.note, 2 AS line, 1 AS col, n.note AS who, NULL AS since, NULL AS due,"          \
	" NULL AS until, "

/* Rules of one's own: of a note and its meetings, of all there is, and one that fails at times. */
static const char *const own_rules[][2] = {
	{".ivnotes/rules/near.sql",
	 OWN_HEADER("near", "note") "'met on ' || max(m.day) AS message FROM note AS n"
				    " JOIN met AS m ON m.person = n.note GROUP BY n.note\n"},
	{".ivnotes/rules/far.sql",
	 OWN_HEADER("far", "vault") "(SELECT count(*) FROM took_place) || ' meetings' AS message"
				    " FROM note AS n WHERE n.type = 'contact'"
				    " AND (SELECT count(*) FROM took_place) % 2\n"},
	{".ivnotes/rules/fails.sql",
	 OWN_HEADER("fails", "note") "iif(n.name LIKE 'Person 1_ Renamed', json('{'), n.name)"
				     " AS message FROM note AS n WHERE n.type = 'contact'\n"},
};

static int make_rules(struct vault *vault)
{
	struct iv_files files;
	const struct iv_rule_fault *faults;
	int rc;

	iv_vault_rules(&files, vault->vault);
	rc = iv_rules_new(&vault->rules, iv_vault_config(vault->vault), &files, NULL);
	iv_files_release(&files);
	assert_int_equal(rc ? 0 : iv_rules_faults(vault->rules, &faults), 0);
	return rc;
}

static int set_up(void **state)
{
	struct vault *vault = iv_calloc(1, sizeof(*vault));

	vault->scratch = scratch_make();
	scratch_folder(vault->scratch.vault, ".ivnotes");
	scratch_write(&vault->scratch, ".ivnotes/config.yaml",
		      "search-ended: 2026-07-20\nback-filled: info\n");
	scratch_folder(vault->scratch.vault, ".ivnotes/rules");
	for (size_t i = 0; i < sizeof(own_rules) / sizeof(*own_rules); i++)
		scratch_write(&vault->scratch, own_rules[i][0], own_rules[i][1]);
	scratch_folder(vault->scratch.vault, "filler");
	for (unsigned i = 0; i < FILLERS; i++) {
		char name[32];
		snprintf(name, sizeof(name), "filler/f%u.md", i);
		scratch_write(&vault->scratch, name, "# Nothing\n");
	}
	for (unsigned i = 0; i < PEOPLE + MEETINGS + 3; i++)
		write_note(vault, i);
	assert_int_equal(iv_vault_open(&vault->vault, vault->scratch.vault, true, NULL), 0);
	assert_int_equal(iv_vault_source(&vault->source, vault->vault, NULL), 0);
	assert_int_equal(make_rules(vault), 0);
	assert_int_equal(iv_index_open(&vault->index, vault->vault, NULL, false, NULL, NULL), 0);
	*state = vault;
	return 0;
}

static int tear_down(void **state)
{
	struct vault *vault = *state;

	iv_index_close(vault->index);
	iv_rules_free(vault->rules);
	vault->source->close(vault->source);
	iv_vault_close(vault->vault);
	scratch_release(&vault->scratch);
	free(vault->seen);
	free(vault);
	return 0;
}

/* What a history of so many commits would say of requests, on whatever days they were. */
static void tell_history(const struct vault *vault, struct iv_index *index)
{
	static struct iv_recorded items[PEOPLE * 28];
	static char paths[PEOPLE][16];
	size_t count = 0;

	for (unsigned i = 0; i < PEOPLE; i++) {
		iv_day day = iv_day_of((struct iv_civil){2026, 3 + (int)(i % 5), 1});
		if ((i + vault->commits) % 3 == 0)
			continue;
		snprintf(paths[i], sizeof(paths[i]), "p%u.md", i);
		for (iv_day k = 0; k < 28; k++)
			items[count++] = (struct iv_recorded){
				.path = paths[i],
				.field = "outreach",
				.day = day + k,
				.channel = "email",
				.start = day + k,
				.recorded = day + k + (iv_day)((i + vault->commits) % 20)};
	}
	iv_index_recorded(index, items, count);
}

static void refresh(struct vault *vault, struct iv_index *index)
{
	struct iv_error error = IV_ERROR_INIT;

	tell_history(vault, index);
	if (iv_refresh(index, vault->rules, vault->source, IV_NO_DAY, NULL, &error))
		fail_msg("%s", error.message);
}

/* The lines of one dump that the other does not have. */
static void print_lines(const char *mark, const char *of, const char *without)
{
	struct iv_str line, rest = iv_str_of(of);

	while (iv_str_line(&line, &rest))
		if (iv_str_find(iv_str_of(without), line) == SIZE_MAX)
			print_message("%s %.*s\n", mark, (int)line.len, line.ptr);
}

/* Notes which rules found something. */
static void look(struct vault *vault, const char *dump)
{
	const struct iv_rule *rules;
	size_t count = iv_rules_all(vault->rules, &rules);
	char text[64];

	if (!vault->seen)
		vault->seen = iv_calloc(count, sizeof(*vault->seen));
	for (size_t i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "|%s|", rules[i].id);
		vault->seen[i] |= strstr(dump, text) != NULL;
	}
	vault->failed += strstr(dump, "failure|fails|") != NULL;
}

static void compare(struct vault *vault, unsigned edit)
{
	struct iv_index *fresh;
	char *kept, *anew;

	assert_int_equal(iv_index_open(&fresh, vault->vault, NULL, false, NULL, NULL), 0);
	refresh(vault, fresh);
	anew = dump_index(fresh);
	kept = dump_index(vault->index);
	iv_index_close(fresh);
	look(vault, kept);
	if (strcmp(kept, anew)) {
		print_lines("kept", kept, anew);
		print_lines("anew", anew, kept);
		fail_msg("what was kept differs after edit %u", edit);
	}
	free(kept);
	free(anew);
}

/* A rule that never finds anything proves nothing. */
static void assert_all_owed_seen(struct vault *vault)
{
	const struct iv_rule *rules;
	size_t count = iv_rules_all(vault->rules, &rules);

	for (size_t i = 0; i < count; i++)
		if ((rules[i].kind == IV_RULE_OWED || rules[i].path || rules[i].optional) &&
		    !vault->seen[i])
			fail_msg("%s never found anything", rules[i].id);
}

static void test_incremental_is_whole(void **state)
{
	struct vault *vault = *state;

	refresh(vault, vault->index);
	compare(vault, 0);
	for (unsigned edit = 1; edit <= EDITS; edit++) {
		unsigned number = below(PEOPLE + MEETINGS + 3);
		bool commit = !below(8); /* a commit changes no note */
		vault->commits += commit || !below(4);
		if (commit)
			;
		else if (number < PEOPLE + MEETINGS && !below(6))
			remove_note(vault, number);
		else
			write_note(vault, number);
		refresh(vault, vault->index);
		compare(vault, edit);
	}
	assert_all_owed_seen(vault);
	assert_in_range(vault->failed, 10, EDITS - 10);
}

/* ---- days ---- */

static bool is_of(const struct iv_finding *finding, iv_day today)
{
	return (finding->since == IV_NO_DAY || finding->since <= today) &&
	       (finding->until == IV_NO_DAY || finding->until >= today);
}

static bool same(const struct iv_finding *a, const struct iv_finding *b)
{
	return a->rule == b->rule && !strcmp(a->path, b->path) && a->pos.line == b->pos.line &&
	       a->since == b->since && a->due == b->due && a->until == b->until &&
	       !strcmp(a->message, b->message);
}

static enum iv_when when(const struct iv_finding *finding, iv_day today)
{
	return finding->due == IV_NO_DAY ? IV_UNDATED
	       : finding->due > today    ? IV_UPCOMING
	       : finding->due == today   ? IV_DUE
					 : IV_OVERDUE;
}

static void find(struct iv_findings *out, struct vault *vault, struct iv_index *index, iv_day from,
		 iv_day to)
{
	struct iv_finding_query query = {.from = from, .to = to, .today = from};

	assert_int_equal(iv_findings(out, index, vault->rules, &query, NULL), 0);
}

/* An index made on the day itself gives what the rows of all days give for it. */
static void test_timeless(void **state)
{
	struct vault *vault = *state;
	struct iv_findings all, today;
	iv_day first;

	assert_true(iv_day_parse(&first, iv_str_of("2026-02-20")));
	refresh(vault, vault->index);
	find(&all, vault, vault->index, IV_NO_DAY, IV_NO_DAY);
	assert_true(all.count > 100);
	for (iv_day now = first; now < first + 366; now += 5) {
		struct iv_index *fresh;
		size_t next = 0;
		assert_int_equal(iv_index_open(&fresh, vault->vault, NULL, false, NULL, NULL), 0);
		refresh(vault, fresh);
		find(&today, vault, fresh, now, now);
		for (size_t i = 0; i < all.count; i++) {
			if (!is_of(&all.items[i], now))
				continue;
			assert_true(next < today.count);
			assert_true(same(&all.items[i], &today.items[next]));
			assert_int_equal(today.items[next].when, when(&all.items[i], now));
			next++;
		}
		assert_int_equal(next, today.count);
		iv_findings_release(&today);
		iv_index_close(fresh);
	}
	iv_findings_release(&all);
}

static int64_t count_findings(struct iv_index *index, const char *where)
{
	struct iv_stmt *stmt;
	char sql[80];
	int64_t count;

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM finding WHERE %s", where);
	assert_int_equal(iv_stmt_new(&stmt, iv_index_db(index), sql, NULL), 0);
	assert_int_equal(iv_stmt_step(stmt, NULL), 1);
	count = iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	return count;
}

/* Rows that matter to nobody from the horizon on may be missing, and no others. */
static void test_horizon(void **state)
{
	struct vault *vault = *state;
	struct iv_findings all;
	int64_t missing = 0;
	iv_day first;

	assert_true(iv_day_parse(&first, iv_str_of("2026-03-10")));
	refresh(vault, vault->index);
	for (iv_day from = first; from < first + 200; from += 9) {
		struct iv_index *fresh;
		struct iv_findings kept;
		assert_int_equal(iv_index_open(&fresh, vault->vault, NULL, false, NULL, NULL), 0);
		tell_history(vault, fresh);
		assert_int_equal(iv_refresh(fresh, vault->rules, vault->source, from + IV_KEPT_DAYS,
					    NULL, NULL),
				 0);
		find(&all, vault, vault->index, from, IV_NO_DAY);
		find(&kept, vault, fresh, from, IV_NO_DAY);
		missing = count_findings(vault->index, "true") - count_findings(fresh, "true");
		assert_int_equal(kept.count, all.count);
		for (size_t i = 0; i < all.count; i++)
			assert_true(same(&all.items[i], &kept.items[i]));
		assert_int_equal(count_findings(fresh, "suppressed"),
				 count_findings(vault->index, "suppressed"));
		iv_findings_release(&all);
		iv_findings_release(&kept);
		iv_index_close(fresh);
	}
	assert_true(missing > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_incremental_is_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_timeless, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_horizon, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
