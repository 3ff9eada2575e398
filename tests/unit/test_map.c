/* From keys to numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/map.h"

static void an_empty_one_has_nothing(void **state)
{
	struct iv_map map = {0};
	size_t value = 7;

	(void)state;
	assert_false(iv_map_get(&map, IV_LIT("a"), &value));
	assert_false(iv_map_get(&map, IV_LIT(""), NULL));
	assert_int_equal(value, 7);
	iv_map_release(&map);
}

static void the_last_value_counts(void **state)
{
	struct iv_map map = {0};
	size_t value = 0;

	(void)state;
	iv_map_put(&map, IV_LIT("a"), 1);
	iv_map_put(&map, IV_LIT(""), 2);
	iv_map_put(&map, IV_LIT("a"), 3);
	assert_int_equal(map.count, 2);
	assert_true(iv_map_get(&map, IV_LIT("a"), &value));
	assert_int_equal(value, 3);
	assert_true(iv_map_get(&map, IV_LIT(""), &value));
	assert_int_equal(value, 2);
	assert_false(iv_map_get(&map, IV_LIT("b"), NULL));
	iv_map_release(&map);
}

static void it_grows(void **state)
{
	static char keys[5000][8];
	struct iv_map map = {0};
	size_t value;

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		snprintf(keys[i], sizeof(keys[i]), "k%zu", i);
		iv_map_put(&map, iv_str_of(keys[i]), i);
	}
	assert_int_equal(map.count, 5000);
	for (size_t i = 0; i < 5000; i++) {
		assert_true(iv_map_get(&map, iv_str_of(keys[i]), &value));
		assert_int_equal(value, i);
	}
	assert_false(iv_map_get(&map, IV_LIT("k5000"), NULL));
	iv_map_release(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_one_has_nothing),
		cmocka_unit_test(the_last_value_counts),
		cmocka_unit_test(it_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
