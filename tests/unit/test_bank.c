/* The bank of questions: it is read as it is written, and none of it is what our own rules warn of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/embedded.h"
#include "index/db.h"
#include "note/bank.h"
#include "rules/rule.h"

struct asker {
	struct iv_config *config;
	struct iv_rules *rules;
	struct iv_db *db;
};

static int set_up(void **state)
{
	static struct asker asker;

	asker.config = iv_config_parse(iv_str_of(""));
	assert_int_equal(iv_rules_new(&asker.rules, asker.config, NULL, NULL), 0);
	assert_int_equal(iv_db_open(&asker.db, NULL, NULL), 0);
	iv_db_functions(asker.db, iv_rules_lookup, iv_rules_hint, asker.rules);
	assert_int_equal(iv_db_exec(asker.db, iv_embedded_text("index/schema.sql"), NULL), 0);
	assert_int_equal(iv_db_exec(asker.db, iv_embedded_text("index/words.sql"), NULL), 0);
	*state = &asker;
	return 0;
}

static int tear_down(void **state)
{
	struct asker *asker = *state;

	iv_db_close(asker->db);
	iv_rules_free(asker->rules);
	iv_config_free(asker->config);
	return 0;
}

/* The answer to SELECT `sql` while the text, ?1, is the one question of the index. */
static bool holds(struct asker *asker, const char *sql, struct iv_str text)
{
	static const char *const steps[] = {"DELETE FROM question WHERE ?1 NOT NULL",
					    "INSERT INTO question VALUES (1, 0, 1, 1, ?1)"};
	struct iv_buf whole = IV_BUF_INIT;
	struct iv_stmt *stmt;
	bool yes;

	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(iv_stmt_new(&stmt, asker->db, steps[i], NULL), 0);
		iv_stmt_bind_text(stmt, 1, text);
		assert_int_equal(iv_stmt_run(stmt, NULL), 0);
		iv_stmt_free(stmt);
	}
	iv_buf_printf(&whole, "SELECT %s", sql);
	assert_int_equal(iv_stmt_new(&stmt, asker->db, whole.ptr, NULL), 0);
	if (iv_stmt_parameters(stmt))
		iv_stmt_bind_text(stmt, 1, text);
	assert_int_equal(iv_stmt_step(stmt, NULL), 1);
	yes = iv_stmt_int(stmt, 0) != 0;
	iv_stmt_free(stmt);
	iv_buf_release(&whole);
	return yes;
}

static bool is_company(struct iv_str topic)
{
	return iv_str_is(topic, "field") || iv_str_is(topic, "company");
}

/* Is it about what its heading says, as the rules see it? */
static bool fits(struct asker *asker, const struct iv_bank_item *item)
{
	struct iv_buf sql = IV_BUF_INIT;
	bool yes;

	iv_buf_printf(&sql, "matches(?1, 'thin-questions.%.*s')", IV_STR_ARG(item->topic));
	yes = is_company(item->topic) ? holds(asker, "(SELECT about FROM outlook)", item->text)
				      : holds(asker, sql.ptr, item->text);
	iv_buf_release(&sql);
	return yes;
}

static void test_rules(void **state)
{
	struct iv_bank bank = {0};
	size_t wrong = 0;

	iv_bank_add_ours(&bank);
	for (size_t i = 0; i < bank.count; i++) {
		const struct iv_bank_item *item = &bank.items[i];
		const char *why = NULL;

		if (!iv_bank_label(item->topic))
			why = "no such topic";
		else if (holds(*state, "matches(?1, 'asks-pay.also', 'asks-pay.except') IS NOT 0",
			       item->text))
			why = "asks about pay";
		else if (holds(*state,
			       "matches(?1, 'asks-for-job.also', 'asks-for-job.except') IS NOT 0",
			       item->text))
			why = "asks for a job";
		else if (!fits(*state, item))
			why = "is not about it";
		if (why)
			print_message("%.*s: %s: %.*s\n", IV_STR_ARG(item->topic), why,
				      IV_STR_ARG(item->text));
		wrong += why != NULL;
	}
	assert_int_equal(wrong, 0);
	iv_bank_release(&bank);
}

/* Three for every topic, so that the same one is not asked of everybody at a company. */
static void test_enough(void **state)
{
	struct iv_bank bank = {0};

	(void)state;
	iv_bank_add_ours(&bank);
	for (size_t t = 0; iv_bank_topic(t); t++) {
		size_t count = 0;
		for (size_t i = 0; i < bank.count; i++)
			count += iv_str_is(bank.items[i].topic, iv_bank_topic(t));
		if (count < 3)
			fail_msg("%s: %zu questions", iv_bank_topic(t), count);
	}
	iv_bank_release(&bank);
}

/* What rule thin-questions asks for, the bank has. */
static void test_topics(void **state)
{
	struct asker *asker = *state;
	struct iv_str rest = iv_str_of(iv_rules_setting(asker->rules, "thin-questions.topics"));

	while (rest.len) {
		size_t comma = iv_str_find_char(rest, ',');
		struct iv_str topic = iv_str_slice(rest, 0, comma);
		if (!iv_bank_label(topic))
			fail_msg("no questions about '%.*s'", IV_STR_ARG(topic));
		rest = comma == SIZE_MAX ? iv_str_of("") : iv_str_slice(rest, comma + 1, rest.len);
	}
}

static void test_reading(void **state)
{
	struct iv_bank bank = {0};

	(void)state;
	iv_bank_add(&bank, iv_str_of("\xef\xbb\xbf# My questions\r\n"
				     "* Why boats?\r\n"
				     "text\n-\n- \n-x\n"
				     "## The Day\n"
				     "1. What is first?\n"
				     "  - deeper\n"
				     "## start ##\n"
				     "## Tides\n"
				     "+ When is high water?"));
	assert_int_equal(bank.count, 3);
	assert_true(iv_str_is(bank.items[0].topic, "My questions"));
	assert_true(iv_str_is(bank.items[0].text, "Why boats?"));
	assert_true(iv_str_is(bank.items[1].topic, "workload"));
	assert_true(iv_str_is(bank.items[1].text, "What is first?"));
	assert_true(iv_str_is(bank.items[2].topic, "Tides"));
	iv_bank_release(&bank);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_enough),
		cmocka_unit_test(test_topics),
		cmocka_unit_test(test_reading),
	};
	return cmocka_run_group_tests_name("bank", tests, set_up, tear_down);
}
