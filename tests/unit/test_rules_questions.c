/*
 * The patterns of the rules that read what people write, measured on what people write. The data
 * is in questions/ and requests/; a file named held-out.txt was written after the patterns were
 * made. Prints what is missed and what is wrongly taken, and precision and recall of each pattern.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/patterns.h"
#include "index/db.h"
#include "note/plain.h"
#include "rules/rule.h"

/* In hundredths, of each pattern on all data. */
#define PRECISION 95
#define RECALL 95

/* What a label stands for: the words of the data, and the question to the rules. */
struct label {
	const char *word, *sql;
	struct count {
		size_t hits, misses, wrong;
	} count;
};

#define TOPIC(name)                                             \
	{                                                       \
		name, "matches(?1, 'thin-questions." name "')", \
		{                                               \
			0, 0, 0                                 \
		}                                               \
	}

static struct label question_labels[] = {
	{"pay", "matches(?1, 'asks-pay.also', 'asks-pay.except')", {0, 0, 0}},
	{"job", "matches(?1, 'asks-for-job.also', 'asks-for-job.except')", {0, 0, 0}},
	{"about", "(SELECT about FROM outlook)", {0, 0, 0}},
	TOPIC("start"),
	TOPIC("paths"),
	TOPIC("workload"),
	TOPIC("lifestyle"),
	TOPIC("qualifications"),
	TOPIC("advice"),
	TOPIC("goals"),
	TOPIC("challenges"),
	TOPIC("who-else"),
	{NULL, NULL, {0, 0, 0}},
};

static struct label request_labels[] = {
	{"who", "matches(?1, 'request-incomplete.who')", {0, 0, 0}},
	{"sender", "matches(?1, 'request-incomplete.sender')", {0, 0, 0}},
	{"minutes", "matches(?1, 'request-incomplete.minutes')", {0, 0, 0}},
	{"no-job", "matches(?1, 'request-incomplete.no-job')", {0, 0, 0}},
	{"wants-job",
	 "matches(?1, 'request-incomplete.wants-job', 'request-incomplete.no-job')",
	 {0, 0, 0}},
	{"resume",
	 "matches(?1, 'request-incomplete.resume', 'request-incomplete.except')",
	 {0, 0, 0}},
	{NULL, NULL, {0, 0, 0}},
};

/* ---- asking the rules ---- */

struct asker {
	struct iv_config *config;
	struct iv_rules *rules;
	struct iv_db *db;
};

static int set_up(void **state)
{
	struct asker *asker = iv_calloc(1, sizeof(*asker));

	asker->config = iv_config_parse(iv_str_of(""));
	assert_int_equal(iv_rules_new(&asker->rules, asker->config, NULL, NULL), 0);
	assert_int_equal(iv_db_open(&asker->db, NULL, NULL), 0);
	iv_db_functions(asker->db, iv_rules_lookup, iv_rules_hint, asker->rules);
	assert_int_equal(iv_db_exec(asker->db, iv_embedded_text("index/schema.sql"), NULL), 0);
	assert_int_equal(iv_db_exec(asker->db, iv_embedded_text("index/words.sql"), NULL), 0);
	*state = asker;
	return 0;
}

static int tear_down(void **state)
{
	struct asker *asker = *state;

	iv_db_close(asker->db);
	iv_rules_free(asker->rules);
	iv_config_free(asker->config);
	free(asker);
	return 0;
}

/* 1 yes, 0 no, -1 too many steps. */
static int answer(struct asker *asker, const char *sql, struct iv_str text)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf whole = IV_BUF_INIT;
	struct iv_stmt *stmt;
	int rc;

	iv_buf_printf(&whole, "SELECT %s", sql);
	assert_int_equal(iv_stmt_new(&stmt, asker->db, whole.ptr, NULL), 0);
	iv_stmt_bind_text(stmt, 1, text);
	if (iv_stmt_step(stmt, &error) != 1)
		fail_msg("%s: %s", sql, error.message);
	rc = iv_stmt_is_null(stmt, 0) ? -1 : (int)iv_stmt_int(stmt, 0);
	iv_stmt_free(stmt);
	iv_buf_release(&whole);
	return rc;
}

/* The one question of the index. */
static void ask(struct asker *asker, struct iv_str text)
{
	struct iv_stmt *stmt;

	assert_int_equal(iv_db_exec(asker->db, "DELETE FROM question", NULL), 0);
	assert_int_equal(
		iv_stmt_new(&stmt, asker->db, "INSERT INTO question VALUES (1, 0, 1, 1, ?1)", NULL),
		0);
	iv_stmt_bind_text(stmt, 1, text);
	assert_int_equal(iv_stmt_run(stmt, NULL), 0);
	iv_stmt_free(stmt);
}

/* ---- the data ---- */

static bool has_word(struct iv_str words, const char *word)
{
	while (words.len)
		if (iv_str_is(iv_str_word(words, &words), word))
			return true;
	return false;
}

static void check_words(const char *path, struct iv_str words, const struct label *labels)
{
	while (words.len) {
		struct iv_str word = iv_str_word(words, &words);
		const struct label *label = labels;
		while (label->word && !iv_str_is(word, label->word))
			label++;
		if (!label->word && !iv_str_is(word, "-"))
			fail_msg("%s: no label '%.*s'", path, IV_STR_ARG(word));
	}
}

/* What a text is labelled; labels that need not be said follow from others. */
static bool is_meant(struct iv_str words, const char *word)
{
	static const char *const about[] = {"paths", "workload", "lifestyle", "qualifications"};

	for (size_t i = 0; !strcmp(word, "about") && i < 4; i++)
		if (has_word(words, about[i]))
			return true;
	return has_word(words, word);
}

/*
 * Whether what asks for pay or a job is about a topic, too, is idle to ask, and so it is whether what
 * is hard is hard for the person or about the job.
 */
static bool is_measured(struct iv_str words, const char *word)
{
	if (!strcmp(word, "about") && has_word(words, "challenges"))
		return false;
	return !strcmp(word, "pay") || !strcmp(word, "job") ||
	       !(has_word(words, "pay") || has_word(words, "job"));
}

static void measure_one(struct asker *asker, struct label *labels, struct iv_str words,
			struct iv_str text)
{
	ask(asker, text);
	for (struct label *label = labels; label->word; label++) {
		bool meant = is_meant(words, label->word), taken;
		if (!is_measured(words, label->word))
			continue;
		taken = answer(asker, label->sql, text) != 0;
		label->count.hits += meant && taken;
		label->count.misses += meant && !taken;
		label->count.wrong += !meant && taken;
		if (meant != taken)
			print_message("%s %s: %.*s\n", label->word, taken ? "takes" : "misses",
				      IV_STR_ARG(text));
	}
}

static struct iv_buf read_data(const char *name)
{
	struct iv_buf path = IV_BUF_INIT, bytes = IV_BUF_INIT;
	struct iv_error error = IV_ERROR_INIT;

	iv_buf_printf(&path, "%s/unit/%s", getenv("TESTS"), name);
	if (iv_file_read(&bytes, path.ptr, 1 << 20, &error))
		fail_msg("%s", error.message);
	iv_buf_release(&path);
	return bytes;
}

/* `labels | question`, a line each. */
static size_t measure_questions(struct asker *asker, const char *name)
{
	struct iv_buf bytes = read_data(name);
	struct iv_str rest = iv_buf_view(&bytes), line;
	size_t count = 0;

	while (iv_str_line(&line, &rest)) {
		size_t bar = iv_str_find_char(line, '|');
		struct iv_str words;
		if (!line.len || line.ptr[0] == '#')
			continue;
		words = iv_str_slice(line, 0, bar);
		check_words(name, words, question_labels);
		measure_one(asker, question_labels, words,
			    iv_str_trim(iv_str_slice(line, bar + 1, line.len)));
		count++;
	}
	iv_buf_release(&bytes);
	return count;
}

/* `= labels`, and the letter below it. */
static size_t measure_requests(struct asker *asker, const char *name)
{
	struct iv_buf bytes = read_data(name);
	struct iv_str rest = iv_buf_view(&bytes), line, words = {"", 0};
	struct iv_buf letter = IV_BUF_INIT;
	size_t count = 0;
	bool any = true;

	while (any) {
		any = iv_str_line(&line, &rest);
		if (any && line.len && line.ptr[0] == '#')
			continue;
		if (any && !(line.len && line.ptr[0] == '=')) {
			iv_buf_str(&letter, line);
			iv_buf_putc(&letter, '\n');
			continue;
		}
		if (letter.len)
			measure_one(asker, request_labels, words,
				    iv_str_trim(iv_buf_view(&letter)));
		count += letter.len > 0;
		iv_buf_clear(&letter);
		words = any ? iv_str_trim(iv_str_slice(line, 1, line.len)) : words;
		check_words(name, words, request_labels);
	}
	iv_buf_release(&letter);
	iv_buf_release(&bytes);
	return count;
}

/* ---- the measure ---- */

static size_t hundredths(size_t part, size_t whole)
{
	return whole ? part * 100 / whole : 100;
}

/* Of what was counted since the labels were reset. True when every pattern is good enough. */
static bool report(struct label *labels, const char *name, size_t count)
{
	bool good = true;

	print_message("%s: %zu texts\n", name, count);
	for (; labels->word; labels++) {
		struct count c = labels->count;
		size_t precision = hundredths(c.hits, c.hits + c.wrong);
		size_t recall = hundredths(c.hits, c.hits + c.misses);
		print_message("  %-15s precision %zu of %zu (%zu %%), recall %zu of %zu (%zu %%)\n",
			      labels->word, c.hits, c.hits + c.wrong, precision, c.hits,
			      c.hits + c.misses, recall);
		good = good && precision >= PRECISION && recall >= RECALL;
	}
	return good;
}

static void reset(struct label *labels)
{
	for (; labels->word; labels++)
		labels->count = (struct count){0, 0, 0};
}

typedef size_t measure_fn(struct asker *asker, const char *name);

/* Each file by itself, and then all of them, which must be good enough. */
static void measure(struct asker *asker, struct label *labels, measure_fn *file,
		    const char *const *names)
{
	size_t count = 0;

	for (size_t i = 0; names[i]; i++) {
		reset(labels);
		report(labels, names[i], file(asker, names[i]));
	}
	reset(labels);
	for (size_t i = 0; names[i]; i++)
		count += file(asker, names[i]);
	assert_true(report(labels, "all", count));
}

static const char *const question_files[] = {
	"questions/first.txt",       "questions/held-out.txt",
	"questions/others.txt",      "questions/again.txt",
	"questions/strangers.txt",   "questions/passers-by.txt",
	"questions/neighbours.txt",  "questions/night-shift.txt",
	"questions/market-day.txt",  "questions/last-train.txt",
	"questions/corner-shop.txt", "questions/ferry.txt",
	"questions/harbour.txt",     NULL};
static const char *const request_files[] = {"requests/first.txt", "requests/held-out.txt",
					    "requests/strangers.txt", "requests/passers-by.txt",
					    NULL};

static void test_questions(void **state)
{
	measure(*state, question_labels, measure_questions, question_files);
}

static void test_requests(void **state)
{
	measure(*state, request_labels, measure_requests, request_files);
}

/* ---- what is not even tried ---- */

/* A pattern by itself, and in a set that looks first for what it cannot do without. */
struct twin {
	struct iv_patterns *set;
	struct iv_pattern *alone;
	struct iv_match *match;
};

struct twins {
	struct twin *items;
	size_t count, capacity;
};

static void add_twins(struct twins *twins, const char *lines)
{
	struct iv_str rest = iv_str_of(lines), line;

	while (iv_str_line(&line, &rest)) {
		struct twin twin = {.set = iv_patterns_new(line)};
		if (!line.len || line.ptr[0] == '#') {
			iv_patterns_free(twin.set);
			continue;
		}
		assert_int_equal(iv_pattern_new(&twin.alone, line, true, NULL), 0);
		twin.match = iv_match_new(twin.alone);
		IV_GROW(twins->items, twins->count, twins->capacity);
		twins->items[twins->count++] = twin;
	}
}

static void compare(const struct twins *twins, struct iv_str line)
{
	struct iv_buf plain = IV_BUF_INIT;
	struct iv_str text;
	struct iv_gist gist;

	iv_plain_text(&plain, line);
	text = iv_buf_view(&plain);
	iv_gist_read(&gist, text);
	for (size_t i = 0; i < twins->count; i++) {
		const struct twin *twin = &twins->items[i];
		size_t start, end;
		int alone = iv_pattern_find(twin->alone, twin->match, text, 0, true, &start, &end);
		if (iv_patterns_find(twin->set, &gist, text, 0, &start, &end, NULL) != alone)
			fail_msg("pattern %zu in '%.*s'", i, IV_STR_ARG(text));
	}
	iv_buf_release(&plain);
}

static void compare_file(const struct twins *twins, const char *name)
{
	const char *valgrind = getenv("IV_VALGRIND");
	bool slow = valgrind && *valgrind;
	struct iv_buf bytes = read_data(name);
	struct iv_str rest = iv_buf_view(&bytes), line;

	/* Under valgrind every line would take minutes. */
	for (size_t i = 0; iv_str_line(&line, &rest); i++)
		if (!slow || i % 20 == 0)
			compare(twins, line);
	iv_buf_release(&bytes);
}

/* Of all that the rules look for, the summary of a text leaves out nothing that is there. */
static void test_nothing_is_overlooked(void **state)
{
	struct asker *asker = *state;
	struct twins twins = {NULL, 0, 0};

	for (size_t i = 0; i < asker->rules->value_count; i++)
		if (asker->rules->values[i].kind == VALUE_PATTERNS)
			add_twins(&twins, asker->rules->values[i].plain);
	assert_true(twins.count > 300);
	for (size_t i = 0; question_files[i]; i++)
		compare_file(&twins, question_files[i]);
	for (size_t i = 0; request_files[i]; i++)
		compare_file(&twins, request_files[i]);
	for (size_t i = 0; i < twins.count; i++) {
		iv_patterns_free(twins.items[i].set);
		iv_match_free(twins.items[i].match);
		iv_pattern_free(twins.items[i].alone);
	}
	free(twins.items);
}

/* ---- texts that go on for ever ---- */

static void test_endless_texts(void **state)
{
	static const char *const words[] = {"are you ",
					    "how much do you ",
					    "is there any opening ",
					    "would you ",
					    "my ",
					    "what ",
					    "I am not ",
					    "career ",
					    "aaaa",
					    "not asking ",
					    "(",
					    "some ",
					    "could I work ",
					    "how much more do people in your ",
					    "would your company take an older ",
					    "in my ",
					    "people who need a ",
					    "is there another "};
	const size_t count = sizeof(words) / sizeof(words[0]);
	struct iv_buf text = IV_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		iv_buf_clear(&text);
		for (int k = 0; k < 20000; k++)
			iv_buf_puts(&text, words[k % 7 ? i : (i + 1) % count]);
		ask(*state, iv_buf_view(&text));
		for (const struct label *label = question_labels; label->word; label++)
			assert_int_not_equal(answer(*state, label->sql, iv_buf_view(&text)), -1);
		for (const struct label *label = request_labels; label->word; label++)
			assert_int_not_equal(answer(*state, label->sql, iv_buf_view(&text)), -1);
	}
	iv_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_questions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_requests, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nothing_is_overlooked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_endless_texts, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
