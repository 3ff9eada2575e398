/* Growing arrays and the arena. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static void test_arena_aligns_and_keeps_apart(void **state)
{
	struct iv_arena *arena = iv_arena_new();
	unsigned char *last = NULL;
	size_t size, last_size = 0, i;

	(void)state;
	for (size = 0; size < 3000; size++) {
		unsigned char *ptr = iv_arena_alloc(arena, size);

		assert_int_equal((uintptr_t)ptr % _Alignof(max_align_t), 0);
		memset(ptr, (int)(size & 0xff), size);
		for (i = 0; i < last_size; i++)
			assert_int_equal(last[i], (size - 1) & 0xff);
		last = ptr;
		last_size = size;
	}
	iv_arena_free(arena);
}

static void test_arena_survives_large_and_reset(void **state)
{
	struct iv_arena *arena = iv_arena_new();
	char *small, *large;
	int round;

	(void)state;
	for (round = 0; round < 3; round++) {
		small = iv_arena_alloc(arena, 16);
		memcpy(small, "before", 7);
		large = iv_arena_calloc(arena, 5, 1 << 20);
		assert_int_equal(large[0] | large[(5 << 20) - 1], 0);
		memset(large, 'x', 5 << 20);
		assert_string_equal(small, "before");
		assert_string_equal(iv_arena_printf(arena, "%d-%s", round, "after").ptr + 1,
				    "-after");
		iv_arena_reset(arena);
	}
	iv_arena_free(arena);
	iv_arena_free(NULL);
}

static void test_arena_copies(void **state)
{
	struct iv_arena *arena = iv_arena_new();
	const int numbers[] = {1, 2, 3};
	struct iv_str text = iv_arena_str(arena, iv_str_slice(IV_LIT("abcdef"), 1, 4));
	int *copy = iv_arena_copy(arena, numbers, 3, sizeof(*numbers));

	(void)state;
	assert_int_equal(text.len, 3);
	assert_string_equal(text.ptr, "bcd");
	assert_memory_equal(copy, numbers, sizeof(numbers));
	assert_null(iv_arena_copy(arena, numbers, 0, sizeof(*numbers)));
	assert_string_equal(iv_arena_str(arena, (struct iv_str){NULL, 0}).ptr, "");
	iv_arena_free(arena);
}

static void test_array_grows(void **state)
{
	size_t capacity = 0, count;
	unsigned *items = NULL;

	(void)state;
	for (count = 0; count < 1000; count++) {
		IV_GROW(items, count, capacity);
		assert_true(capacity > count);
		items[count] = (unsigned)count;
	}
	for (count = 0; count < 1000; count++)
		assert_int_equal(items[count], count);
	free(items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena_aligns_and_keeps_apart),
		cmocka_unit_test(test_arena_survives_large_and_reset),
		cmocka_unit_test(test_arena_copies),
		cmocka_unit_test(test_array_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
