/* test.h - cmocka with what it needs before it, and short forms.
 *
 * TEST(closing_is_refused_while_a_step_is_open) { ... }
 * int main(void) { const struct CMUnitTest tests[] = { RUN(closing...) };
 *	return cmocka_run_group_tests(tests, NULL, NULL); } */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(name) static void name(void **state __attribute__((unused)))
#define RUN(name) cmocka_unit_test(name)

#define CHECK(what) assert_true(what)
#define CHECK_INT(is, should) assert_int_equal((long long)(is), (long long)(should))
#define CHECK_STR(is, should) assert_string_equal((is), (should))

/* Fails with the error's own words. */
#define CHECK_OK(call, err) \
	do { \
		if (!(call)) { \
			fail_msg("%s: %s (%s)", #call, (err).message, (err).cause); \
		} \
	} while (0)

/* The call must fail with this code. */
#define CHECK_ERR(call, err, wanted) \
	do { \
		assert_false(call); \
		assert_int_equal((err).code, (wanted)); \
	} while (0)

#endif
