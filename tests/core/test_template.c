/* The texts that leave the desk: filled from files, in the recipient's language. */
#include "tests/test.h"

#include <stdio.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/template.h"

static struct zone *zone;

static struct json *
vars(void)
{
	struct json *v = json_object();

	json_set_text(v, "number", "2026-0042");
	json_set_text(v, "title", "Mất điện, mật khẩu quản trị là 1234");
	json_set_text(v, "kind", "power");
	json_set_int(v, "suggested", 3);
	json_set_text(v, "asset", "TTDL");
	json_set_text(v, "asset_name", "Trung tâm dữ liệu");
	json_set_text(v, "owner", "Trần Lan");
	json_set_text(v, "body", "Điện lực");
	json_set_text(v, "request_vi", "cho biết giờ có điện.");
	json_set_text(v, "work", "Đọc ắc quy");
	json_set_int(v, "detected_at", INT64_C(1795201800000));
	return v;
}

struct filled {
	char *subject, *text;
};

static struct filled
fill(const char *source, const struct template_in *how)
{
	struct template_in in = *how;
	struct json *v = vars();
	struct filled out = { 0 };
	struct error err = ERROR_INIT;

	in.vars = v;
	in.zone = zone;
	in.language = in.language == NULL ? "vi" : in.language;
	CHECK_OK(template_fill(&out.subject, &out.text, "x", source, &in, &err), err);
	json_free(v);
	return out;
}

static void
check(const char *source, const struct template_in *how, const char *subject,
	const char *text)
{
	struct filled out = fill(source, how);

	CHECK_STR(out.subject, subject);
	CHECK_STR(out.text, text);
	free(out.subject);
	free(out.text);
}

TEST(values_are_written_in_the_recipients_form)
{
	check("Subject: {number} {title}\n\n{asset}, {detected_at}.\nend\n",
		&(struct template_in){ 0 },
		"2026-0042 Mất điện, mật khẩu quản trị là 1234",
		"Trung tâm dữ liệu, 21/11/2026 02:10.\nend\n");
	check("Subject: x\n\n{kind}, {severity}\n", &(struct template_in){ .language = "en" },
		"x", "power loss, 3? (serious)\n");
}

TEST(a_line_without_its_value_is_left_out_and_another_may_stand_for_it)
{
	check("Subject: {due_at} a: {n}\n\n{due_at} x\n|{n} y\n|{work} z\n|never\nend",
		&(struct template_in){ 0 }, "a", "Đọc ắc quy z\nend\n");
}

TEST(a_contact_sees_the_public_part_only)
{
	check("Subject: {title}\n\n{title}\n{work}\n{owner}\n{severity}\n{request}\n{number}\n",
		&(struct template_in){ .outside = true }, "",
		"cho biết giờ có điện.\n2026-0042\n");
}

TEST(a_red_case_shows_neither_title_nor_work)
{
	check("Subject: {number} {title}\n\n{title}\n|hidden\n{work}\n",
		&(struct template_in){ .red = true }, "2026-0042", "hidden\n");
}

TEST(a_drill_is_marked_before_and_after)
{
	check("Subject: a\n\nb\n", &(struct template_in){ .drill = true },
		"[DIỄN TẬP] a", "[DIỄN TẬP]\nb\n[DIỄN TẬP]\n");
}

TEST(a_file_that_asks_for_what_there_is_not_is_named_with_its_line)
{
	struct template_in in = { .name = "x", .language = "vi", .zone = zone };
	struct error err = ERROR_INIT;
	char *subject;
	char *text;

	CHECK_ERR(template_fill(&subject, &text, "f.txt", "Subject: a\n\nb\n{secret}\n", &in,
		&err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "f.txt:4: ") != NULL);
	CHECK_ERR(template_fill(&subject, &text, "f.txt", "no subject", &in, &err), err,
		ERR_BAD_INPUT);
	in.name = "../../etc/passwd";
	CHECK_ERR(template_render(&subject, &text, &in, &err), err, ERR_BAD_INPUT);
}

TEST(every_shipped_text_can_be_filled_in_both_languages)
{
	static const char *const names[] = {
		"phan_cong", "su_co_moi", "da_tiep_nhan", "de_nghi", "bao_cao_nhanh",
		"thong_bao_xa", "khoi_phuc", "thu", "doi_ca", "doi_ca_dong_y", "doi_ca_khong",
		"doi_ca_rut", "doi_ca_huy", "lich_thieu",
	};
	struct json *v = vars();

	for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
		struct template_in in = { .name = names[i / 2],
			.language = i % 2 == 0 ? "vi" : "en", .vars = v, .zone = zone,
			.outside = i > 3 && i < 16 };
		struct error err = ERROR_INIT;
		char *subject = NULL;
		char *text = NULL;

		CHECK_OK(template_render(&subject, &text, &in, &err), err);
		CHECK(strlen(subject) > 5 && strlen(text) > 20);
		CHECK(strchr(text, '{') == NULL && strchr(text, '|') == NULL);
		CHECK(!in.outside || strstr(text, "1234") == NULL);
		free(subject);
		free(text);
	}
	json_free(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(values_are_written_in_the_recipients_form),
		RUN(a_line_without_its_value_is_left_out_and_another_may_stand_for_it),
		RUN(a_contact_sees_the_public_part_only),
		RUN(a_red_case_shows_neither_title_nor_work),
		RUN(a_drill_is_marked_before_and_after),
		RUN(a_file_that_asks_for_what_there_is_not_is_named_with_its_line),
		RUN(every_shipped_text_can_be_filled_in_both_languages),
	};
	struct error err = ERROR_INIT;
	int failed;

	i18n_start("vi", NULL);
	if (!zone_load(&zone, "Asia/Ho_Chi_Minh", &err)) {
		return 1;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	zone_free(zone);
	return failed;
}
