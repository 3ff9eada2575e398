/*
 * The patterns of asks-pay and asks-for-job, on questions that people write: half of them and
 * more are innocent. Prints what is missed and what is wrongly taken.
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
#include "index/db.h"
#include "rules/rule.h"

static const char *const pay[] = {
	"What do you earn?",
	"How much do you make in a year?",
	"What is the starting salary for this job?",
	"What does the position pay?",
	"How much does an analyst here make?",
	"Is the pay good?",
	"What's the pay like?",
	"Are the bonuses worth the overtime?",
	"What kind of bonus did you get last year?",
	"Do they offer a good benefits package?",
	"What does your benefits package include?",
	"What salary should I ask for?",
	"Could you tell me what the salary range is?",
	"How much would someone with my degree get paid?",
	"Are you paid well?",
	"Is it a well-paid job?",
	"What are typical wages in your department?",
	"What is the hourly rate for an entry-level bookkeeper? How much is the hourly pay?",
	"May I ask how much you earn?",
	"How well does it pay?",
	"What benefits does the company offer?",
	"How many days of vacation do you get?",
	"What would my take-home pay be?",
	"Do auditors earn six figures?",
	"How much can I expect to make in the first year?",
	"Does the county pay well?",
	"What's your salary?",
	"Can you discuss the pay with me?",
	"What is the average compensation at your firm?",
	"How much does your boss pay you?",
	"Is there a signing bonus?",
	"What pay grade does an inspector start on?",
	"How much money do you make with this?",
	"What do people in your role earn per year?",
	"Would I make a good living as a nurse?",
	"Do you get a Christmas bonus?",
	"What did they offer you as a salary?",
	"Is the salary negotiable?",
	"What are the salaries like in this industry?",
	"Do you feel fairly paid?",
};

static const char *const job[] = {
	"Are you hiring?",
	"Is your company hiring right now?",
	"Are there any openings on your team?",
	"Is there an opening for me here?",
	"Do you have any vacancies?",
	"Do you know of any job openings?",
	"Would you hire me?",
	"Could you pass on my resume to your manager?",
	"Can you forward my CV to HR?",
	"Would you recommend me for a job at your company?",
	"Could you put in a good word for me?",
	"Can I apply here?",
	"How can I get a job here?",
	"What do I need to do to be hired?",
	"Is there a position available for someone like me?",
	"Could you get me an interview?",
	"Will you be hiring in the new year?",
	"Would you consider me for a position on your team?",
	"Are you looking for people at the moment?",
	"Could you keep me in mind if something opens up?",
	"Could you let me know when a position opens up?",
	"Do you have a job for me?",
	"Can you offer me an internship?",
	"Would your boss hire someone with my background?",
	"Could I work for you?",
	"I'd love to work here; is that possible?",
	"Are there any jobs at your firm?",
	"Do you have any open positions?",
	"Would you refer me to the hiring manager?",
	"Might your department need somebody, and could you give them my resume?",
	"Can I start here in January?",
	"Is the office recruiting this spring?",
	"Have you got any work for me?",
	"Could you hand my application to the director?",
	"What are my chances of being hired here?",
	"Would there be a place for me on your team in the spring?",
	"Would you be willing to take me on as a trainee?",
	"Who should I talk to about getting a job here?",
	"Does your company have any job opportunities?",
	"Can you help me get hired here?",
};

static const char *const innocent[] = {
	"What salary data sources do you trust for planning?",
	"How did you find this job?",
	"How did you get started in this field?",
	"What does a typical day look like?",
	"What do you pay attention to when you review a ledger?",
	"Which qualifications do I need to get into the field?",
	"How do career paths look after five years?",
	"What advice would you give to someone entering the field?",
	"Who else should I talk to?",
	"May I contact you again with further questions?",
	"How does your team hire, and what do you look for in people?",
	"What made you take the job?",
	"How do you handle payroll for three hundred people?",
	"How did accounts payable change with the new software?",
	"Does the certificate pay off?",
	"Which benefits did the new system bring you?",
	"How much of your day do you spend in meetings?",
	"What was your first job interview like?",
	"What are the biggest challenges in your job?",
	"How much overtime is normal in spring?",
	"What do you like best about your work?",
	"How do people usually find out about openings in this field?",
	"What was hard about hiring your first assistant?",
	"Do you have an opening question that you always ask clients?",
	"How much do you make use of spreadsheets?",
	"What would you do differently if you started again?",
	"Where do you see yourself in five years?",
	"Is hiring difficult in this county?",
	"What skills will be in demand?",
	"How important was your degree for getting the job?",
	"How does the company decide on which projects to take on?",
	"What do clients pay for?",
	"How do you pay suppliers in the peak season?",
	"Could you recommend a book on auditing?",
	"Would you look over my resume and tell me what is missing?",
	"Who taught you the work?",
	"How much notice do you get before an audit?",
	"What does it cost to become certified?",
	"Do you have any regrets about leaving the mill?",
	"How do you balance the job and your family?",
	"Which mistakes do beginners make in the first year?",
	"What is the most rewarding part?",
	"How is the department organized?",
	"Did you have to change your resume when you changed fields?",
	"What surprised you in your first month?",
	"How are bonus points awarded in the loyalty program you run?",
	"What are the opening balances checked against?",
	"How do you negotiate with vendors over payment terms?",
	"Is there an open seat policy in your office?",
	"Could you name two other people I might learn from?",
	"What position did you start in?",
	"How many people apply for a job like yours?",
	"What do you wish you had known before you took the position?",
	"How did you learn to read a compensation survey?",
	"Does remote work suit this job?",
	"Do you have any advice on how to keep in touch with people?",
	"How does one earn the trust of an auditor?",
	"Where did you earn your degree?",
	"What does the firm give back to the county?",
	"How do you decide whom to hire?",
	"What would make a candidate stand out?",
	"How has the job changed in ten years?",
	"Are you looking forward to the merger?",
	"Is the work seasonal?",
	"Would you choose this career again?",
	"How do you commission an appraisal?",
	"What do you make of the new lease standard?",
	"How do wage laws change your monthly close?",
	"Does the union negotiate hours?",
	"What kind of person is happy here?",
	"What is the dress code?",
	"How do you keep up with regulations?",
	"How do trainees usually come into the company?",
	"Do you work with recruiters?",
	"How would I find out whether this suits me?",
	"What does the position of controller involve?",
	"What would a good resume for this field show?",
	"Can I start with bookkeeping and move to audit later?",
	"Is it a good time to enter the industry?",
	"Are there any openings in the schedule for a tour of the plant?",
	"Which job titles should I look for when I search?",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct asker {
	struct iv_config *config;
	struct iv_rules *rules;
	struct iv_db *db;
};

static void exec(struct asker *asker, const char *sql)
{
	struct iv_error error = IV_ERROR_INIT;

	if (iv_db_exec(asker->db, sql, &error))
		fail_msg("%s", error.message);
}

static const char *embedded(const char *name)
{
	for (size_t i = 0; i < iv_embedded_sql_count; i++)
		if (!strcmp(iv_embedded_sql[i].name, name))
			return iv_embedded_sql[i].text;
	fail_msg("no %s", name);
	return NULL;
}

/* An index with one informational meeting ahead. */
static int set_up(void **state)
{
	struct asker *asker = iv_calloc(1, sizeof(*asker));

	asker->config = iv_config_parse(iv_str_of(""));
	assert_int_equal(iv_rules_new(&asker->rules, asker->config, NULL, NULL), 0);
	assert_int_equal(iv_db_open(&asker->db, NULL, NULL), 0);
	iv_db_functions(asker->db, iv_rules_lookup, iv_rules_hint, asker->rules);
	exec(asker, embedded("index/schema.sql"));
	exec(asker, embedded("index/words.sql"));
	exec(asker,
	     "INSERT INTO meeting (note, day, kind, opening, prose, evidence, referrals_given)"
	     " VALUES (1, '2026-12-01', 'informational', 0, 0, 0, 0)");
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

static bool fires(struct asker *asker, const char *rule, const char *question)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf sql = IV_BUF_INIT;
	struct iv_stmt *stmt;
	int rc;

	exec(asker, "DELETE FROM question");
	assert_int_equal(
		iv_stmt_new(&stmt, asker->db, "INSERT INTO question VALUES (1, 0, 9, 3, ?1)", NULL),
		0);
	iv_stmt_bind_text(stmt, 1, iv_str_of(question));
	assert_int_equal(iv_stmt_run(stmt, NULL), 0);
	iv_stmt_free(stmt);
	iv_buf_printf(&sql, "SELECT * FROM (%s)", iv_rules_find(asker->rules, rule)->sql);
	assert_int_equal(iv_stmt_new(&stmt, asker->db, sql.ptr, NULL), 0);
	iv_buf_release(&sql);
	rc = iv_stmt_step(stmt, &error);
	if (rc < 0)
		fail_msg("%s: %s", question, error.message);
	iv_stmt_free(stmt);
	return rc == 1;
}

static size_t count(struct asker *asker, const char *rule, const char *const *questions,
		    size_t total, bool expected)
{
	size_t found = 0;

	for (size_t i = 0; i < total; i++) {
		bool fired = fires(asker, rule, questions[i]);
		found += fired;
		if (fired != expected)
			print_message("%s %s: %s\n", rule, fired ? "takes" : "misses",
				      questions[i]);
	}
	return found;
}

static void measure(struct asker *asker, const char *rule, const char *const *meant, size_t total,
		    const char *const *other, size_t other_total)
{
	size_t hits = count(asker, rule, meant, total, true);
	size_t wrong = count(asker, rule, other, other_total, false) +
		       count(asker, rule, innocent, COUNT(innocent), false);

	print_message("%s: recall %zu of %zu, precision %zu of %zu\n", rule, hits, total, hits,
		      hits + wrong);
	assert_true(hits * 100 >= total * 95);
	assert_true(hits * 100 >= (hits + wrong) * 95);
}

static void test_asks_pay(void **state)
{
	measure(*state, "asks-pay", pay, COUNT(pay), job, COUNT(job));
}

static void test_asks_for_job(void **state)
{
	measure(*state, "asks-for-job", job, COUNT(job), pay, COUNT(pay));
}

/* A question that goes on for ever ends, one way or the other, and soon. */
static void test_endless_question(void **state)
{
	struct iv_buf text = IV_BUF_INIT;

	for (int i = 0; i < 20000; i++)
		iv_buf_puts(&text, i % 2 ? "are you " : "how much do you ");
	fires(*state, "asks-pay", text.ptr);
	fires(*state, "asks-for-job", text.ptr);
	iv_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_asks_pay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_asks_for_job, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_endless_question, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
