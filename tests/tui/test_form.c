/* Fields of a form: ticks in one line, two fields beside each other. */
#include "tests/test.h"

#include "core/json.h"
#include "tui/form.h"

static void
press(struct form *form, int32_t code, enum form_did wanted)
{
	const struct key key = { .code = code };

	CHECK_INT(form_key(form, &key), wanted);
}

static struct form
ticks(void)
{
	struct form form = { 0 };
	struct field *field = form_add(&form, FIELD_TICKS, "down", "Down");

	field_add_choice(field, "counter", "one-stop counter");
	field_add_choice(field, "mail", "mail");
	field_add_choice(field, "website", "website");
	return form;
}

TEST(ticks_are_moved_over_with_arrows_and_kept_in_the_order_of_the_choices)
{
	struct form form = ticks();

	press(&form, K_RIGHT, FORM_MOVED);
	press(&form, K_RIGHT, FORM_MOVED);
	press(&form, K_SPACE, FORM_CHANGED);
	press(&form, K_RIGHT, FORM_MOVED); /* round to the first */
	press(&form, K_SPACE, FORM_CHANGED);
	CHECK_STR(form_value(&form, "down"), "counter,website");
	press(&form, K_SPACE, FORM_CHANGED);
	CHECK_STR(form_value(&form, "down"), "website");
	form_free(&form);
}

TEST(ticks_come_back_from_a_draft_and_unknown_words_do_not)
{
	struct form form = ticks();
	struct json *values = json_object();
	struct json *again;

	json_set_text(values, "down", "website,fire,mail");
	form_from_json(&form, values);
	CHECK_STR(form_value(&form, "down"), "mail,website");
	again = form_to_json(&form);
	CHECK_STR(json_get_text(again, "down"), "mail,website");
	json_free(again);
	json_set_text(values, "down", "");
	form_from_json(&form, values);
	CHECK_STR(form_value(&form, "down"), "");
	json_free(values);
	form_free(&form);
}

TEST(fields_beside_each_other_take_one_row_where_there_is_room)
{
	struct form form = { 0 };

	(void)form_add(&form, FIELD_LINE, "what", "What");
	(void)form_add(&form, FIELD_LINE, "unit", "Unit");
	form_add(&form, FIELD_LINE, "caller", "Caller")->beside = true;
	(void)form_add(&form, FIELD_AREA, "note", "Note");
	CHECK_INT(form_height(&form, 78), 6);
	CHECK_INT(form_height(&form, 58), 7);
	form_free(&form);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(ticks_are_moved_over_with_arrows_and_kept_in_the_order_of_the_choices),
		RUN(ticks_come_back_from_a_draft_and_unknown_words_do_not),
		RUN(fields_beside_each_other_take_one_row_where_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
