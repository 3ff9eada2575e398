/* Which of git's settings for http are for a URL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vcs/http.h"

#define URL "https://robin@notes.example.org/people/r.git"

/* As git-config(1) has it: from not at all to the closest, each closer than the one before. */
static void closer(void **state)
{
	static const char *const patterns[] = {
		"https://*.example.org",
		"https://notes.example.org",
		"https://robin@notes.example.org/",
		"https://Notes.Example.org:443/people/",
		"https://notes.example.org/people/r.git",
		"https://robin@notes.example.org/people/r.git/",
	};
	size_t last = 1; /* what fits everything */

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		size_t how = vcs_http_fits(patterns[i], URL);

		if (how <= last)
			print_error("%s\n", patterns[i]);
		assert_true(how > last);
		last = how;
	}
}

static void others(void **state)
{
	static const char *const patterns[] = {
		"",
		"notes.example.org",
		"http://notes.example.org",
		"https://notes.example.org:8443",
		"https://example.org",
		"https://*.org",
		"https://*.*.*.org",
		"https://notes.example.org/peop",
		"https://notes.example.org/people/r.git/deeper",
		"https://notes.example.org/People",
		"https://omar@notes.example.org",
		"https://notes.example.organic",
		"https://[::1]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		if (vcs_http_fits(patterns[i], URL))
			print_error("%s\n", patterns[i]);
		assert_int_equal(vcs_http_fits(patterns[i], URL), 0);
	}
}

static void odd_hosts(void **state)
{
	(void)state;
	assert_true(vcs_http_fits("http://[::1]:8080/", "http://[::1]:8080/r.git") > 0);
	assert_int_equal(vcs_http_fits("http://[::1]", "http://[::1]:8080/r.git"), 0);
	assert_true(vcs_http_fits("http://h:80", "http://u:p@h") > 0);
	assert_int_equal(vcs_http_fits("http://", "http://h"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closer),
		cmocka_unit_test(others),
		cmocka_unit_test(odd_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
