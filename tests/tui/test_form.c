/* Fields of a form: ticks in one line, two fields beside each other, emptying. */
#include "tests/test.h"

#include <stdio.h>

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

TEST(what_is_set_before_the_choices_have_come_is_kept_and_saved)
{
	struct form form = { 0 };
	struct field *field = form_add(&form, FIELD_PICK, "asset", "System");

	field_set(field, "TTDL");
	CHECK_STR(form_value(&form, "asset"), "TTDL");
	field_add_choice(field, "TTDL", "TTDL: data centre");
	field_set(field, "TTDL");
	CHECK_STR(form_value(&form, "asset"), "TTDL");
	CHECK_STR(lineedit_text(&field->edit), "TTDL: data centre");
	field_set(field, "GONE");
	CHECK_STR(form_value(&form, "asset"), "");
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

TEST(control_u_empties_every_kind_of_field)
{
	struct form form = ticks();
	struct field *choice = form_add(&form, FIELD_CHOICE, "way", "Way");
	struct field *pick;

	field_add_choice(choice, "phone", "telephone");
	field_add_choice(choice, "letter", "letter");
	field_set(choice, "phone");
	(void)form_add(&form, FIELD_CHECK, "sure", "Sure");
	pick = form_add(&form, FIELD_PICK, "asset", "Asset");
	field_add_choice(pick, "TTDL", "data centre");
	press(&form, K_SPACE, FORM_CHANGED);
	press(&form, K_CTRL('u'), FORM_CHANGED);
	CHECK_STR(form_value(&form, "down"), "");
	press(&form, K_TAB, FORM_MOVED);
	press(&form, K_RIGHT, FORM_CHANGED);
	CHECK_STR(form_value(&form, "way"), "letter");
	press(&form, K_CTRL('u'), FORM_CHANGED);
	CHECK_STR(form_value(&form, "way"), "phone"); /* as it came */
	press(&form, K_TAB, FORM_MOVED);
	press(&form, K_SPACE, FORM_CHANGED);
	press(&form, K_CTRL('u'), FORM_CHANGED);
	CHECK_STR(form_value(&form, "sure"), "");
	press(&form, K_TAB, FORM_MOVED);
	field_set(form_field(&form, "asset"), "TTDL");
	press(&form, K_CTRL('u'), FORM_CHANGED);
	CHECK_STR(form_value(&form, "asset"), "");
	form_free(&form);
}

TEST(a_choice_out_of_a_draft_goes_back_to_what_the_form_came_with)
{
	struct form form = { 0 };
	struct field *choice = form_add(&form, FIELD_CHOICE, "way", "Way");
	struct json *values = json_object();

	field_add_choice(choice, "phone", "telephone");
	field_add_choice(choice, "letter", "letter");
	json_set_text(values, "way", "letter");
	form_from_json(&form, values);
	CHECK_STR(form_value(&form, "way"), "letter");
	press(&form, K_CTRL('u'), FORM_CHANGED);
	CHECK_STR(form_value(&form, "way"), "");
	json_free(values);
	form_free(&form);
}

static void
type(struct form *form, const char *letter)
{
	struct key key = { .code = letter[0] };

	snprintf(key.text, sizeof(key.text), "%s", letter);
	(void)form_key(form, &key);
}

/* Options too wide to stand side by side, and a line behind them. */
static struct form
wide_choice(void)
{
	static const char *const words[] = { "one", "two", "three" };
	struct form form = { 0 };
	struct field *field = form_add(&form, FIELD_CHOICE, "which", "Which");

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		field_add_choice(field, words[i], "an option with a label of many words");
	}
	(void)form_add(&form, FIELD_LINE, "note", "Note");
	return form;
}

TEST(up_and_down_walk_options_that_stand_one_under_the_other_and_leave_at_the_ends)
{
	struct form form = wide_choice();
	struct frame frame = { 0 };

	frame_size(&frame, 10, 80);
	(void)form_show(&form, &frame, 0, 0, 10, 80);
	press(&form, K_DOWN, FORM_CHANGED);
	press(&form, K_DOWN, FORM_CHANGED);
	CHECK_STR(form_value(&form, "which"), "two");
	press(&form, K_UP, FORM_CHANGED);
	CHECK_STR(form_value(&form, "which"), "one");
	press(&form, K_UP, FORM_MOVED); /* the first of the first field */
	CHECK_INT(form.focus, 0);
	press(&form, K_DOWN, FORM_CHANGED);
	press(&form, K_DOWN, FORM_CHANGED);
	CHECK_STR(form_value(&form, "which"), "three");
	press(&form, K_DOWN, FORM_MOVED);
	CHECK_INT(form.focus, 1);
	CHECK_STR(form_value(&form, "which"), "three");
	/* Too low for all of them: one is drawn between arrows, Down leaves it. */
	press(&form, K_UP, FORM_MOVED);
	(void)form_show(&form, &frame, 0, 0, 2, 80);
	press(&form, K_UP, FORM_MOVED);
	press(&form, K_DOWN, FORM_MOVED);
	CHECK_INT(form.focus, 1);
	frame_free(&frame);
	form_free(&form);
}

TEST(the_first_letter_takes_the_place_of_a_guess_and_editing_keys_keep_it)
{
	struct form form = { 0 };
	struct field *field = form_add(&form, FIELD_LINE, "answer", "Answer");

	field_guess(field, "02:10");
	type(&form, "0");
	type(&form, "3");
	CHECK_STR(form_value(&form, "answer"), "03");
	/* C-u twice: empty, then what it took. */
	field_guess(field, "02:10");
	type(&form, "9");
	press(&form, K_BACKSPACE, FORM_CHANGED);
	press(&form, K_CTRL('u'), FORM_CHANGED);
	CHECK_STR(form_value(&form, "answer"), "02:10");
	field_guess(field, "02:10");
	press(&form, K_BACKSPACE, FORM_CHANGED);
	type(&form, "5");
	CHECK_STR(form_value(&form, "answer"), "02:15");
	/* Somebody's own text is nobody's guess. */
	field_set(field, "02:1");
	type(&form, "6");
	CHECK_STR(form_value(&form, "answer"), "02:16");
	form_free(&form);
}

TEST(what_begins_with_the_letters_typed_comes_before_what_holds_them)
{
	struct form form = { 0 };
	struct field *field = form_add(&form, FIELD_PICK, "channel", "By");

	field_add_choice(field, "email", "thư điện tử");
	field_add_choice(field, "phone", "điện thoại");
	type(&form, "d");
	type(&form, "i");
	CHECK_STR(form_value(&form, "channel"), "phone");
	press(&form, K_CTRL('u'), FORM_CHANGED);
	type(&form, "t");
	type(&form, "u");
	CHECK_STR(form_value(&form, "channel"), "email");
	form_free(&form);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(ticks_are_moved_over_with_arrows_and_kept_in_the_order_of_the_choices),
		RUN(what_is_set_before_the_choices_have_come_is_kept_and_saved),
		RUN(ticks_come_back_from_a_draft_and_unknown_words_do_not),
		RUN(fields_beside_each_other_take_one_row_where_there_is_room),
		RUN(control_u_empties_every_kind_of_field),
		RUN(up_and_down_walk_options_that_stand_one_under_the_other_and_leave_at_the_ends),
		RUN(what_begins_with_the_letters_typed_comes_before_what_holds_them),
		RUN(the_first_letter_takes_the_place_of_a_guess_and_editing_keys_keep_it),
		RUN(a_choice_out_of_a_draft_goes_back_to_what_the_form_came_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
