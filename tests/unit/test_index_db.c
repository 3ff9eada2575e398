/* The door to SQLite: statements, the functions of rules, and the guard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/db.h"

static const char *lookup(void *data, const char *key)
{
	(void)data;
	if (!strcmp(key, "holidays"))
		return "2026-12-25, nonsense,2026-12-24";
	return !strcmp(key, "nudge.after") ? "5bd" : NULL;
}

static int set_up(void **state)
{
	struct iv_db *db;

	if (iv_db_open(&db, NULL, NULL))
		return -1;
	iv_db_functions(db, lookup, NULL, NULL);
	*state = db;
	return iv_db_exec(db,
			  "CREATE TABLE t (n INTEGER, s TEXT);"
			  "INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, 'three')",
			  NULL);
}

static int tear_down(void **state)
{
	iv_db_close(*state);
	return 0;
}

/* The first column of the first row as text, "NULL", or the error's message. */
static void assert_sql(struct iv_db *db, const char *sql, const char *expected)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_stmt *stmt;
	struct iv_buf got = IV_BUF_INIT;
	int rc = iv_stmt_new(&stmt, db, sql, &error);

	if (!rc)
		rc = iv_stmt_step(stmt, &error);
	if (rc == 1 && iv_stmt_is_null(stmt, 0))
		iv_buf_puts(&got, "NULL");
	else if (rc == 1)
		iv_buf_str(&got, iv_stmt_text(stmt, 0));
	else
		iv_buf_puts(&got, rc ? error.message : "no row");
	if (strcmp(got.ptr, expected))
		fail_msg("%s\n  gave '%s', expected '%s'", sql, got.ptr, expected);
	iv_stmt_free(stmt);
	iv_buf_release(&got);
	iv_error_release(&error);
}

static void test_statements(void **state)
{
	struct iv_db *db = *state;
	struct iv_stmt *stmt;

	assert_int_equal(iv_stmt_new(&stmt, db, "SELECT n, s, ?1, ?2 FROM t WHERE n = ?3", NULL),
			 0);
	assert_int_equal(iv_stmt_columns(stmt), 4);
	assert_string_equal(iv_stmt_column_name(stmt, 1), "s");
	iv_stmt_bind_day(stmt, 1, 0);
	iv_stmt_bind_text(stmt, 2, (struct iv_str){"abcdef", 3});
	iv_stmt_bind_int(stmt, 3, 1);
	assert_int_equal(iv_stmt_step(stmt, NULL), 1);
	assert_true(iv_stmt_is_int(stmt, 0));
	assert_int_equal(iv_stmt_int(stmt, 0), 1);
	assert_true(iv_str_is(iv_stmt_text(stmt, 1), "one"));
	assert_int_equal(iv_stmt_day(stmt, 2), 0);
	assert_true(iv_str_is(iv_stmt_text(stmt, 3), "abc"));
	assert_int_equal(iv_stmt_step(stmt, NULL), 0);
	/* A reset statement has forgotten what was bound. */
	iv_stmt_reset(stmt);
	iv_stmt_bind_int(stmt, 3, 2);
	assert_int_equal(iv_stmt_step(stmt, NULL), 1);
	assert_true(iv_stmt_is_null(stmt, 1));
	assert_null(iv_stmt_text(stmt, 1).ptr);
	assert_int_equal(iv_stmt_day(stmt, 2), IV_NO_DAY);
	iv_stmt_free(stmt);
}

static void test_bad_sql(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_stmt *stmt;

	assert_int_equal(iv_stmt_new(&stmt, *state, "SELEC 1", &error), IV_EINPUT);
	assert_null(stmt);
	assert_string_equal(error.message, "near \"SELEC\": syntax error");
	iv_error_release(&error);
	assert_int_equal(iv_db_exec(*state, "INSERT INTO nowhere VALUES (1)", &error), IV_EINPUT);
	assert_false(iv_db_damaged(*state));
	assert_false(iv_db_failed(*state));
	iv_error_release(&error);
}

static void test_regexp(void **state)
{
	struct iv_db *db = *state;

	assert_sql(db, "SELECT count(*) FROM t WHERE s REGEXP '^O'", "1");
	assert_sql(db, "SELECT 'wie GRÖSSE' REGEXP 'größe|grösse'", "1");
	assert_sql(db, "SELECT 'abc' REGEXP 'd'", "0");
	assert_sql(db, "SELECT NULL REGEXP 'd'", "NULL");
	assert_sql(db, "SELECT 'd' REGEXP NULL", "NULL");
	/* A pattern of each row's own. */
	assert_sql(db, "SELECT group_concat('three' REGEXP s) FROM t WHERE s IS NOT NULL", "0,1");
}

/* SQLite's own goes on for minutes where a precision is of ten digits. */
static void test_printf(void **state)
{
	struct iv_db *db = *state;

	assert_sql(db, "SELECT printf('at %02d:%02d', 9, 5)", "at 09:05");
	assert_sql(db, "SELECT format('%.2f of %s', 2.5, 'ten')", "2.50 of ten");
	assert_sql(db, "SELECT printf('%5d|%-5d|%+d', 1, 2, 3)", "    1|2    |+3");
	assert_sql(db, "SELECT printf('%d %%', 65)", "65 %");
	assert_sql(db, "SELECT printf('%s and %d')", " and 0");
	assert_sql(db, "SELECT printf('')", "");
	assert_sql(db, "SELECT printf(NULL)", "NULL");
	assert_sql(db, "SELECT printf('%d', 9000000000)", "9000000000");
	for (size_t i = 0; i < 5; i++) {
		static const char *const refused[] = {
			"SELECT printf('%.*c', 2000000000, 'x')",
			"SELECT printf('%*d', 2000000000, 1)",
			"SELECT printf('%.2000000000c', 'x')",
			"SELECT printf('%100d', 1)",
			"SELECT printf('%')",
		};
		assert_sql(db, refused[i],
			   "printf() takes %d, %x, %f, %e, %g and %s, and widths of two digits");
	}
}

/* As SQLite's own, which these stand for: the answers are of its shell. */
static void test_instr_and_replace(void **state)
{
	struct iv_db *db = *state;

	assert_sql(db, "SELECT instr('abcabc', 'ca')", "3");
	assert_sql(db, "SELECT instr('m\xc3\xbcller', 'l')", "3");
	assert_sql(db, "SELECT instr('abc', '')", "1");
	assert_sql(db, "SELECT instr('', '')", "1");
	assert_sql(db, "SELECT instr('', 'a')", "0");
	assert_sql(db, "SELECT instr('abc', 'd')", "0");
	assert_sql(db, "SELECT instr(NULL, 'a')", "NULL");
	assert_sql(db, "SELECT instr('a', NULL)", "NULL");
	assert_sql(db, "SELECT instr(12345, 34)", "3");
	assert_sql(db, "SELECT instr(x'c3bc61', x'61')", "3");
	assert_sql(db,
		   "SELECT instr('\xc3\xbc"
		   "a', x'61')",
		   "2");
	assert_sql(db, "SELECT instr('aab', 'ab')", "2");
	assert_sql(db, "SELECT replace('abcabc', 'b', 'xy')", "axycaxyc");
	assert_sql(db, "SELECT replace('aaaa', 'aa', 'b')", "bb");
	assert_sql(db, "SELECT replace('abc', '', 'x')", "abc");
	assert_sql(db, "SELECT replace('abc', 'd', 'x')", "abc");
	assert_sql(db, "SELECT replace('abc', 'b', '')", "ac");
	assert_sql(db, "SELECT replace('abc', 'b', NULL)", "NULL");
	assert_sql(db, "SELECT replace(NULL, 'b', 'c')", "NULL");
	assert_sql(db, "SELECT replace('abc', NULL, 'c')", "NULL");
	assert_sql(db, "SELECT replace('abc', '', NULL)", "abc");
	assert_sql(db, "SELECT replace(121, 1, 9)", "929");
	assert_sql(db, "SELECT replace('\xc3\xbc\xc3\xb6', '\xc3\xb6', '\xc3\xbc')",
		   "\xc3\xbc\xc3\xbc");
	assert_sql(db, "SELECT replace('', 'a', 'b')", "");
}

static void test_trim_and_like(void **state)
{
	struct iv_db *db = *state;

	assert_sql(db, "SELECT trim('xxaxx', 'x')", "a");
	assert_sql(db, "SELECT ltrim('xyaxy', 'yx')", "axy");
	assert_sql(db, "SELECT rtrim('xyaxy', 'yx')", "xya");
	assert_sql(db, "SELECT trim('abc', '')", "abc");
	assert_sql(db, "SELECT trim('aaa', 'a')", "");
	assert_sql(db,
		   "SELECT trim('\xc3\xbc"
		   "a\xc3\xbc', '\xc3\xbc')",
		   "a");
	assert_sql(db, "SELECT rtrim('Jane Green', 'enGr')", "Jane ");
	assert_sql(db, "SELECT trim(NULL, 'a')", "NULL");
	assert_sql(db, "SELECT trim('a', NULL)", "NULL");
	assert_sql(db, "SELECT trim(' a ')", "a");
	assert_sql(db,
		   "SELECT trim('a\xc3\x9f"
		   "b', 'b')",
		   "a\xc3\x9f");
	assert_sql(db, "SELECT 'Jane' LIKE 'j_n%'", "1");
	assert_sql(db, "SELECT 'Jane' LIKE 'an'", "0");
	assert_sql(db, "SELECT '' LIKE '%'", "1");
	assert_sql(db, "SELECT '50%' LIKE '50\\%' ESCAPE '\\'", "1");
	assert_sql(db, "SELECT '505' LIKE '50\\%' ESCAPE '\\'", "0");
	assert_sql(db, "SELECT NULL LIKE 'a'", "NULL");
	assert_sql(db, "SELECT 'a' LIKE NULL", "NULL");
	assert_sql(db, "SELECT 12 LIKE '1%'", "1");
	assert_sql(db, "SELECT '\xc3\x9c' LIKE '\xc3\xbc'", "0");
	assert_sql(db, "SELECT 'a' NOT LIKE 'b'", "1");
	assert_sql(db, "SELECT 'Jane' GLOB 'J*'", "1");
	assert_sql(db, "SELECT 'Jane' GLOB 'j*'", "0");
	assert_sql(db, "SELECT 'Jane' GLOB '[A-K]an?'", "1");
	assert_sql(db, "SELECT 'a' GLOB '[^a]'", "0");
	assert_sql(db, "SELECT '\xc3\xbc' GLOB '?'", "1");
}

static void test_bad_regexp(void **state)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_stmt *stmt;

	assert_int_equal(iv_stmt_new(&stmt, *state, "SELECT 'x' REGEXP 'ab(c'", &error), 0);
	assert_int_equal(iv_stmt_step(stmt, &error), IV_EINPUT);
	assert_non_null(strstr(error.message, "pattern 'ab(c'"));
	assert_non_null(strstr(error.message, "4"));
	iv_stmt_free(stmt);
	iv_error_release(&error);
	assert_int_equal(
		iv_stmt_new(
			&stmt, *state,
			"SELECT replace(hex(zeroblob(30000)), '0', 'a') || 'b' REGEXP '^(a|a)*$'",
			&error),
		0);
	assert_true(iv_stmt_step(stmt, &error) < 0);
	assert_non_null(strstr(error.message, "too many steps"));
	iv_stmt_free(stmt);
	iv_error_release(&error);
}

static void test_plus(void **state)
{
	struct iv_db *db = *state;

	assert_sql(db, "SELECT plus('2026-11-23', '8w')", "2027-01-18");
	assert_sql(db, "SELECT plus('2026-11-27', setting('nudge.after'))", "2026-12-04");
	/* Thursday, Christmas Eve and Day are holidays, then a weekend. */
	assert_sql(db, "SELECT plus('2026-12-23', '1bd')", "2026-12-28");
	assert_sql(db, "SELECT plus('2026-11-23', 'off')", "NULL");
	assert_sql(db, "SELECT plus('2026-11-23', 'soon')", "NULL");
	assert_sql(db, "SELECT plus('soon', '1d')", "NULL");
	assert_sql(db, "SELECT plus(NULL, '1d')", "NULL");
	assert_sql(db, "SELECT setting('no.such')", "NULL");
	assert_sql(db, "SELECT fold('  Zoë  GREEN ')", "zoë green");
}

static void test_guard(void **state)
{
	static const char *const refused[] = {
		"INSERT INTO t VALUES (4, 'four')",
		"DELETE FROM t",
		"UPDATE t SET n = 5",
		"DROP TABLE t",
		"CREATE TEMP TABLE x (a)",
		"PRAGMA user_version = 7",
		"ATTACH ':memory:' AS other",
		"SELECT random()",
		"SELECT randomblob(4)",
		"SELECT load_extension('x')",
		"SELECT * FROM pragma_database_list",
		"SELECT CURRENT_DATE",
	};
	struct iv_db *db = *state;
	struct iv_stmt *stmt;

	iv_db_guard(db, IV_GUARD_OURS);
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (!iv_stmt_new(&stmt, db, refused[i], NULL))
			fail_msg("'%s' was accepted", refused[i]);
		iv_stmt_free(stmt);
	}
	assert_sql(db, "SELECT count(*) FROM t", "3");
	assert_sql(db, "SELECT sum(value) FROM json_each('[1, 2]')", "3");
	assert_sql(db, "SELECT date('2026-11-23', '+1 day')", "2026-11-24");
	iv_db_guard(db, IV_GUARD_OFF);
	assert_sql(db, "SELECT random() IS NOT NULL", "1");
}

static void test_guard_has_no_clock(void **state)
{
	static const char *const asking[] = {
		"SELECT date('now')",
		"SELECT date()",
		"SELECT strftime('%Y', 'now')",
		"SELECT julianday('now') FROM t",
		"SELECT n FROM t WHERE datetime('now') > '2000'",
	};
	struct iv_db *db = *state;

	iv_db_guard(db, IV_GUARD_OURS);
	for (size_t i = 0; i < sizeof(asking) / sizeof(*asking); i++)
		assert_sql(db, asking[i], "may not ask for the time of day");
	iv_db_guard(db, IV_GUARD_OFF);
	assert_sql(db, "SELECT date('now') > '2000'", "1");
}

static void test_guard_limits(void **state)
{
	struct iv_db *db = *state;
	struct iv_error error = IV_ERROR_INIT;
	struct iv_stmt *stmt;

	iv_db_guard(db, IV_GUARD_OURS);
	assert_int_equal(iv_stmt_new(&stmt, db,
				     "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1"
				     " FROM r) SELECT count(*) FROM r",
				     &error),
			 0);
	assert_int_equal(iv_stmt_step(stmt, &error), IV_ELIMIT);
	assert_string_equal(error.message, "took too many steps");
	iv_stmt_free(stmt);
	iv_error_release(&error);
	assert_int_equal(iv_stmt_new(&stmt, db, "SELECT length(zeroblob(100000000))", &error), 0);
	assert_int_equal(iv_stmt_step(stmt, &error), IV_ELIMIT);
	iv_stmt_free(stmt);
	iv_error_release(&error);
	iv_db_guard(db, IV_GUARD_OFF);
}

/* How many rows a rule of others gets until the guard stops it. */
static int rows_until_stopped(struct iv_db *db, const char *sql)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_stmt *stmt;
	int rows = 0;

	iv_db_guard(db, IV_GUARD_OTHERS);
	assert_int_equal(iv_stmt_new(&stmt, db, sql, &error), 0);
	while (iv_stmt_step(stmt, &error) == 1)
		rows++;
	iv_stmt_free(stmt);
	iv_db_guard(db, IV_GUARD_OFF);
	assert_string_equal(error.message ? error.message : "it ended", "took too long");
	iv_error_release(&error);
	return rows;
}

#define ENDLESS                                                             \
	"WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r)," \
	" t (a) AS MATERIALIZED (SELECT replace(hex(zeroblob(30000)), '0', 'a'))"

/* Steps decide and no clock: the same query is stopped at the same row, however busy the machine. */
static void test_others_are_stopped_by_steps(void **state)
{
	static const char *const endless[] = {
		ENDLESS " SELECT i FROM r WHERE i % 1000 = 0",
		ENDLESS " SELECT instr(a, 'b') FROM r CROSS JOIN t",
		ENDLESS " SELECT a LIKE 'a%b' FROM r CROSS JOIN t",
	};
	struct iv_db *db = *state;

	for (size_t i = 0; i < sizeof(endless) / sizeof(*endless); i++) {
		int first, second, third;
		iv_db_functions(db, lookup, NULL, NULL);
		first = rows_until_stopped(db, endless[i]);
		second = rows_until_stopped(db, endless[i]);
		third = rows_until_stopped(db, endless[i]);
		assert_true(first > 100);
		assert_int_equal(second, first);
		/* By then the two have had what is for all. */
		assert_in_range(third, first / 21, first / 19);
	}
}

/* What was made before the guard keeps its rights, so that rows can be kept as they come. */
static void test_guarded_rows_feed_an_insert(void **state)
{
	struct iv_db *db = *state;
	struct iv_stmt *from, *into;
	int rows = 0;

	assert_int_equal(iv_stmt_new(&into, db, "INSERT INTO t VALUES (?1, 'x')", NULL), 0);
	iv_db_guard(db, IV_GUARD_OURS);
	assert_int_equal(iv_stmt_new(&from, db, "SELECT n FROM t WHERE n < 4", NULL), 0);
	while (iv_stmt_step(from, NULL) == 1) {
		iv_stmt_bind_int(into, 1, 10 + iv_stmt_int(from, 0));
		assert_int_equal(iv_stmt_run(into, NULL), 0);
		rows++;
	}
	iv_stmt_free(from);
	iv_stmt_free(into);
	iv_db_guard(db, IV_GUARD_OFF);
	assert_int_equal(rows, 3);
	assert_sql(db, "SELECT count(*) FROM t", "6");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_statements, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_sql, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_regexp, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_regexp, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_printf, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_instr_and_replace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_trim_and_like, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_plus, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_guard, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_guard_has_no_clock, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_guard_limits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_others_are_stopped_by_steps, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_guarded_rows_feed_an_insert, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
