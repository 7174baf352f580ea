/* Conditions: reading, typed comparison, and what is refused by name. */
#include "tests/test.h"
#include "tests/playbooks/named.h"


static struct named_value variables[] = {
	{ "__minutes__", { "integer", "10" } },
	{ "__text__", { "string", "10" } },
	{ "__power__", { "string", "chua" } },
	{ "__order__", { "string", "giu" } },
	{ "__flag__", { "bool", "true" } },
	{ "__ratio__", { "float", "2.50" } },
	{ "__mac__", { "mac-addr", "AA-BB-CC-00-11-22" } },
	{ "__ip__", { "ipv6-addr", "2001:DB8::1" } },
	{ "__limit__", { "integer", "30" } },
	{ "__nobody__", { "integer", NULL } },
	{ "__empty__", { "string", "" } },
	{ NULL, { NULL, NULL } },
};

static bool
holds(const char *text)
{
	struct condition *condition = NULL;
	struct error err = ERROR_INIT;
	bool out = false;

	CHECK_OK(condition_parse(&condition, text, &err), err);
	CHECK_OK(condition_check(condition, named_look_up, variables, &err), err);
	CHECK_OK(condition_eval(&out, condition, named_look_up, variables, &err), err);
	condition_free(condition);
	return out;
}

/* The fault of the first stage that fails. */
static const char *
fault(const char *text)
{
	static struct error err;
	struct condition *condition = NULL;
	bool out;

	err = ERROR_INIT;
	if (condition_parse(&condition, text, &err)
			&& condition_check(condition, named_look_up, variables, &err)) {
		(void)condition_eval(&out, condition, named_look_up, variables, &err);
	}
	condition_free(condition);
	return err.message;
}

TEST(a_number_is_compared_as_a_number)
{
	CHECK(holds("__minutes__:value > '3'"));
	CHECK(holds("__minutes__:value <= 10"));
	CHECK(!holds("__minutes__:value < 3"));
	CHECK(holds("__minutes__:value = '010'"));
	CHECK(!holds("__text__:value > '3'"));
	CHECK(holds("__ratio__:value = '2.5'"));
	CHECK(holds("__ratio__:value >= 2"));
}

TEST(and_binds_closer_than_or_and_brackets_come_first)
{
	CHECK(holds("__power__ = 'chua' OR __order__ = 'x' AND __order__ = 'y'"));
	CHECK(!holds("(__power__ = 'chua' OR __order__ = 'x') AND "
		"__order__ = 'y'"));
	CHECK(holds("__power__ = 'chua' AND (__minutes__ <= 30 OR "
		"__minutes__ >= 99)"));
	CHECK(holds("NOT (__power__ = 'co') AND NOT __minutes__ = 3"));
}

TEST(lists_patterns_and_existence_are_known)
{
	CHECK(holds("__power__ IN ('x', 'chua')"));
	CHECK(holds("__power__ NOT IN ('x', 'y')"));
	CHECK(holds("__minutes__ in (1, 2, 10)"));
	CHECK(holds("__power__ LIKE 'ch%'"));
	CHECK(holds("__power__ LIKE 'ch__'"));
	CHECK(!holds("__power__ LIKE 'ch_'"));
	CHECK(holds("EXISTS __empty__"));
	CHECK(!holds("EXISTS __nobody__:value"));
}

TEST(types_have_their_normal_form)
{
	CHECK(holds("__mac__:value = 'aa:bb:cc:00:11:22'"));
	CHECK(holds("__ip__:value = '2001:db8:0::1'"));
	CHECK(holds("__flag__:value == true"));
	CHECK(holds("__flag__"));
	CHECK(holds("__minutes__:value < __limit__:value"));
}

TEST(empty_text_is_a_value_and_null_is_an_error)
{
	CHECK(holds("__empty__:value = ''"));
	CHECK(strstr(fault("__nobody__:value > 3"), "__nobody__") != NULL);
	/* Even where the other side would decide. */
	CHECK(strstr(fault("__flag__ OR __nobody__ > 3"), "__nobody__") != NULL);
}

TEST(faults_are_told_with_their_place)
{
	CHECK(strstr(fault("__ghost__ = 1"), "__ghost__") != NULL);
	CHECK(strstr(fault("__minutes__ = 'ten'"), "ten") != NULL);
	CHECK(strstr(fault("__flag__ > 'false'"), "bool") != NULL);
	CHECK(strstr(fault("__power__ = 'open"), "quote") != NULL);
	CHECK(strstr(fault("(__power__ = 'x'"), "bracket") != NULL);
	CHECK(strstr(fault("__power__ = 'x' __order__"), "after the end") != NULL);
	CHECK(fault("")[0] != '\0');
	CHECK(fault("__power__")[0] == '\0');
}

TEST(nesting_is_bounded)
{
	char text[9000] = "";

	for (int i = 0; i < 4000; i++) {
		strncat(text, "(", sizeof text - strlen(text) - 1);
	}
	CHECK(strstr(fault(text), "deeply") != NULL);
	text[0] = '\0';
	for (int i = 0; i < 2000; i++) {
		strncat(text, "NOT ", sizeof text - strlen(text) - 1);
	}
	CHECK(strstr(fault(text), "deeply") != NULL);
}

TEST(liberal_forms_are_noticed)
{
	struct condition *condition = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(condition_parse(&condition, "__power__:value == yes", &err), err);
	CHECK_INT(condition_style(condition),
		CONDITION_DOUBLE_EQUALS | CONDITION_BARE_TEXT);
	CHECK_INT(condition_name_count(condition), 1);
	CHECK_STR(condition_name(condition, 0), "__power__");
	condition_free(condition);
}

/* Every cut and every changed byte of a good text is read or refused; the
 * sanitizers watch. */
TEST(no_text_breaks_the_reader)
{
	static const char good[] = "NOT (__power__:value IN ('a\\'b', -3, x) AND "
		"EXISTS __flag__) OR __text__ NOT LIKE \"a%\" AND __minutes__ >= 4";
	char text[sizeof good];

	for (size_t i = 0; i < sizeof good; i++) {
		memcpy(text, good, sizeof good);
		text[i] = '\0';
		(void)fault(text);
		for (int byte = 1; byte < 256 && i < sizeof good - 1; byte += 7) {
			memcpy(text, good, sizeof good);
			text[i] = (char)byte;
			(void)fault(text);
		}
	}
	CHECK_STR(fault(good), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_number_is_compared_as_a_number),
		RUN(and_binds_closer_than_or_and_brackets_come_first),
		RUN(lists_patterns_and_existence_are_known),
		RUN(types_have_their_normal_form),
		RUN(empty_text_is_a_value_and_null_is_an_error),
		RUN(faults_are_told_with_their_place),
		RUN(nesting_is_bounded),
		RUN(liberal_forms_are_noticed),
		RUN(no_text_breaks_the_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
