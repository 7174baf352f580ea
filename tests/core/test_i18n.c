/* The language is chosen once, by word, configuration or environment; text for
 * others is in theirs.  The catalogue is this test's own. */
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/files.h"
#include "core/i18n.h"

static char folder[] = "/tmp/suco-i18n-XXXXXX";

static void
add_u32(struct buf *out, uint32_t value)
{
	buf_add(out, &value, sizeof value);
}

/* A .mo file of three texts: the header, "case", and "here|case". */
static void
write_catalogue(const char *path)
{
	static const char *const ids[] = { "", "case", "here|case" };
	static const char *const texts[] = {
		"Content-Type: text/plain; charset=UTF-8\n", "sự cố", "vỏ hộp",
	};
	struct error err = ERROR_INIT;
	struct buf out = { 0 };
	uint32_t at = 28 + 48;

	add_u32(&out, 0x950412de);
	add_u32(&out, 0);
	add_u32(&out, 3);
	add_u32(&out, 28);
	add_u32(&out, 28 + 24);
	add_u32(&out, 0);
	add_u32(&out, 0);
	for (int table = 0; table < 2; table++) {
		for (int i = 0; i < 3; i++) {
			const char *text = table == 0 ? ids[i] : texts[i];

			add_u32(&out, (uint32_t)strlen(text));
			add_u32(&out, at);
			at += (uint32_t)strlen(text) + 1;
		}
	}
	for (int i = 0; i < 3; i++) {
		buf_add(&out, ids[i], strlen(ids[i]) + 1);
	}
	for (int i = 0; i < 3; i++) {
		buf_add(&out, texts[i], strlen(texts[i]) + 1);
	}
	CHECK_OK(file_write(path, out.data, out.len, 0600, &err), err);
	buf_free(&out);
}

static void
environment(const char *all, const char *messages, const char *lang)
{
	const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *const values[] = { all, messages, lang };

	(void)unsetenv("LANGUAGE");
	for (int i = 0; i < 3; i++) {
		if (values[i] == NULL) {
			(void)unsetenv(names[i]);
		} else {
			(void)setenv(names[i], values[i], 1);
		}
	}
}

TEST(the_language_is_the_wanted_one_else_the_environments_else_vietnamese)
{
	static const struct {
		const char *wanted, *all, *messages, *lang, *chosen;
	} rows[] = {
		{ "en", NULL, NULL, "vi_VN.UTF-8", "en" },
		{ "vi", NULL, NULL, "en_US.UTF-8", "vi" },
		{ NULL, NULL, NULL, "en_US.UTF-8", "en" },
		{ NULL, NULL, NULL, "vi_VN.UTF-8", "vi" },
		{ NULL, NULL, NULL, "en", "en" },
		{ NULL, NULL, NULL, "C.UTF-8", "vi" },
		{ NULL, NULL, NULL, NULL, "vi" },
		{ NULL, NULL, NULL, "", "vi" },
		{ NULL, NULL, NULL, "de_DE.UTF-8", "vi" },
		{ NULL, NULL, NULL, "enm_GB", "vi" },
		{ NULL, NULL, "en_GB.UTF-8", "vi_VN.UTF-8", "en" },
		{ NULL, "vi_VN.UTF-8", "en_GB.UTF-8", "en_US.UTF-8", "vi" },
		{ "fr", NULL, NULL, "en_US.UTF-8", "en" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		environment(rows[i].all, rows[i].messages, rows[i].lang);
		CHECK_STR(i18n_start(rows[i].wanted, folder), rows[i].chosen);
		CHECK_STR(i18n_language(), rows[i].chosen);
	}
}

TEST(texts_are_translated_on_a_system_without_the_locale)
{
	static const char *const langs[][2] = {
		{ NULL, "vi_VN.UTF-8" }, { NULL, "C" }, { NULL, NULL }, { "C", NULL },
		{ "POSIX", "vi_VN.UTF-8" }, { NULL, "C.UTF-8" }, { NULL, "en_US.UTF-8" },
		{ NULL, "no_such.LOCALE" },
	};

	for (size_t i = 0; i < sizeof langs / sizeof langs[0]; i++) {
		environment(langs[i][0], NULL, langs[i][1]);
		(void)i18n_start("vi", folder);
		CHECK_STR(_("case"), "sự cố");
		CHECK_STR(_("no such text"), "no such text");
		(void)i18n_start("en", folder);
		CHECK_STR(_("case"), "case");
	}
	environment(NULL, "C", "C.UTF-8");
	(void)i18n_start("vi", folder);
	CHECK_STR(_("case"), "sự cố");
}

TEST(one_english_word_may_be_two_vietnamese_ones)
{
	environment(NULL, NULL, "C.UTF-8");
	(void)i18n_start("vi", folder);
	CHECK_STR(Q_("here|case"), "vỏ hộp");
	CHECK_STR(Q_("case"), "sự cố");
	CHECK_STR(Q_("there|case"), "case");
	(void)i18n_start("en", folder);
	CHECK_STR(Q_("here|case"), "case");
	CHECK_STR(Q_("case"), "case");
}

TEST(text_for_others_is_in_their_language)
{
	environment(NULL, NULL, "C.UTF-8");
	(void)i18n_start("en", folder);
	CHECK_STR(i18n_in("vi", "case"), "sự cố");
	CHECK_STR(_("case"), "case");
	CHECK_STR(i18n_in("en", "case"), "case");
	(void)i18n_start("vi", folder);
	CHECK_STR(i18n_in("en", "case"), "case");
	CHECK_STR(i18n_in("vi", "case"), "sự cố");
	CHECK_STR(i18n_in("vi", ""), "");
	CHECK_STR(i18n_in("fr", "case"), "case");
	CHECK_STR(_("case"), "sự cố");
	CHECK_STR(i18n_language(), "vi");
}

TEST(numbers_keep_their_point_in_every_language)
{
	char text[16];

	environment(NULL, NULL, "vi_VN.UTF-8");
	(void)i18n_start(NULL, folder);
	(void)snprintf(text, sizeof text, "%.1f", 1.5);
	CHECK_STR(text, "1.5");
}

TEST(the_environment_names_the_data_with_its_catalogue)
{
	char *data = path_join(folder, "data");
	char *locale = path_join(folder, "data/locale/vi/LC_MESSAGES");
	char *file = path_join(folder, "data/locale/vi/LC_MESSAGES/suco.mo");
	struct error err = ERROR_INIT;

	environment(NULL, NULL, "vi_VN.UTF-8");
	CHECK_OK(folder_make(locale, 0700, &err), err);
	write_catalogue(file);
	(void)setenv("SUCO_DATA", data, 1);
	(void)i18n_start("vi", NULL);
	CHECK_STR(_("case"), "sự cố");
	CHECK(strncmp(bindtextdomain("suco", NULL), data, strlen(data)) == 0);
	(void)unsetenv("SUCO_DATA");
	(void)unlink(file);
	for (int i = 0; i < 4; i++) {
		char *up = path_folder(file);

		CHECK_INT(rmdir(up), 0);
		free(file);
		file = up;
	}
	free(file);
	free(locale);
	free(data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_language_is_the_wanted_one_else_the_environments_else_vietnamese),
		RUN(texts_are_translated_on_a_system_without_the_locale),
		RUN(one_english_word_may_be_two_vietnamese_ones),
		RUN(text_for_others_is_in_their_language),
		RUN(numbers_keep_their_point_in_every_language),
		RUN(the_environment_names_the_data_with_its_catalogue),
	};
	struct error err = ERROR_INIT;
	char *made[] = { NULL, NULL };
	char *mo;
	int failed;

	if (mkdtemp(folder) == NULL) {
		return 1;
	}
	made[0] = path_join(folder, "vi/LC_MESSAGES");
	made[1] = path_join(folder, "vi");
	mo = path_join(made[0], "suco.mo");
	if (!folder_make(made[0], 0700, &err)) {
		return 1;
	}
	write_catalogue(mo);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(mo);
	(void)rmdir(made[0]);
	(void)rmdir(made[1]);
	free(made[0]);
	free(made[1]);
	free(mo);
	return rmdir(folder) == 0 ? failed : 1;
}
