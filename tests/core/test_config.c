/* suco.conf: two files, one table, every fault with its line. */
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/config.h"
#include "core/files.h"

static struct config *
conf(const char *text)
{
	return config_read("a.conf", text, strlen(text));
}

TEST(without_a_file_the_defaults_hold)
{
	struct config *config = conf("");

	CHECK_INT(config_fault_count(config), 0);
	CHECK_STR(config_get(config, CONFIG_DESK_URL), "");
	CHECK_STR(config_get(config, CONFIG_SERVE_LISTEN), "127.0.0.1:8425");
	CHECK(!config_yes(config, CONFIG_MAIL_PLAIN));
	CHECK_INT(config_number(config, CONFIG_MAIL_CONNECTIONS), 8);
	CHECK_STR(config_origin(config, CONFIG_DESK_URL), "");
	config_free(config);
}

TEST(the_example_of_the_specification_is_read_whole)
{
	struct config *config = conf(
		"[desk]\n"
		"url = /var/lib/suco/desk.db      ; or postgresql://…\n"
		"language = vi                    ; vi, en\n"
		"[mail]\n"
		"url = smtp://mail.example:587    ; smtps:// for TLS\n"
		"from = suco@team.example\n"
		"user = suco\n"
		"password_file = /etc/suco/mail.secret\n"
		"plain = no                       ; yes allows no TLS\n"
		"[file]\n"
		"maildir = /var/lib/suco/mail     ; where the demo delivers\n"
		"[serve]\n"
		"listen = 127.0.0.1:8425\n");
	struct error err = ERROR_INIT;

	CHECK_OK(config_strict(config, &err), err);
	CHECK_STR(config_get(config, CONFIG_DESK_URL), "/var/lib/suco/desk.db");
	CHECK_STR(config_get(config, CONFIG_DESK_LANGUAGE), "vi");
	CHECK_STR(config_get(config, CONFIG_MAIL_URL), "smtp://mail.example:587");
	CHECK_STR(config_get(config, CONFIG_MAIL_FROM), "suco@team.example");
	CHECK_STR(config_get(config, CONFIG_MAIL_PASSWORD_FILE),
		"/etc/suco/mail.secret");
	CHECK_STR(config_get(config, CONFIG_FILE_MAILDIR), "/var/lib/suco/mail");
	CHECK_STR(config_origin(config, CONFIG_MAIL_FROM), "a.conf:6");
	config_free(config);
}

TEST(an_unknown_key_section_or_line_is_a_fault_with_its_line)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
		{ "[desk]\n\nuri = x\n", "a.conf:3: [desk] has no key \"uri\"" },
		{ "[dekk]\nurl = x\n", "a.conf:2: there is no section [dekk]" },
		{ "url = x\n", "a.conf:1: \"url\" stands before any [section]" },
		{ "[desk]\nurl\n", "a.conf:2: this is neither [section] nor key = value" },
		{ "[mail]\nplain = maybe\n", "a.conf:2: \"maybe\" is neither yes nor no" },
		{ "[desk]\nlanguage = fr\n", "a.conf:2: \"fr\" is none of: vi en" },
		{ "[desk]\nlanguage = v\n", "a.conf:2: \"v\" is none of: vi en" },
		{ "[mail]\nconnections = 0\n",
			"a.conf:2: \"0\" is no number from 1 to 32" },
		{ "[mail]\nconnections = 8x\n",
			"a.conf:2: \"8x\" is no number from 1 to 32" },
		{ "[mail]\nconnections = 99999999999999999999\n",
			"a.conf:2: \"99999999999999999999\" is no number from 1 to 32" },
		{ "[file]\nmaildir = mail\n", "a.conf:2: \"mail\" is no absolute path" },
		{ "[desk]\nurl = a\nurl = b\n",
			"a.conf:3: \"url\" is set in line 2 already" },
		{ "[desk]\nurl = a\x1b[2J\n",
			"a.conf:2: the line has a control character" },
		{ "[desk]\nurl = a\xff\n", "a.conf:2: the line is no UTF-8 text" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct config *config = conf(rows[i].text);
		struct error err = ERROR_INIT;

		CHECK_INT(config_fault_count(config), 1);
		CHECK_STR(config_fault(config, 0), rows[i].fault);
		CHECK_ERR(config_strict(config, &err), err, ERR_BAD_INPUT);
		CHECK_STR(err.message, rows[i].fault);
		config_free(config);
	}
}

TEST(a_fault_changes_nothing_and_the_rest_counts)
{
	struct config *config = conf("[mail]\nplain = maybe\nwat = 1\n"
		"from = a@b.example\n");
	struct error err = ERROR_INIT;

	CHECK_INT(config_fault_count(config), 2);
	CHECK(!config_yes(config, CONFIG_MAIL_PLAIN));
	CHECK_STR(config_origin(config, CONFIG_MAIL_PLAIN), "");
	CHECK_STR(config_get(config, CONFIG_MAIL_FROM), "a@b.example");
	CHECK_ERR(config_strict(config, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "1 more fault") != NULL);
	config_free(config);
}

TEST(an_indented_key_is_a_key_and_not_more_of_the_one_above)
{
	struct config *config = conf("[mail]\r\n  from = a@b.example\r\n"
		"\tuser = suco\r\n");

	CHECK_INT(config_fault_count(config), 0);
	CHECK_STR(config_get(config, CONFIG_MAIL_FROM), "a@b.example");
	CHECK_STR(config_get(config, CONFIG_MAIL_USER), "suco");
	config_free(config);
}

TEST(a_line_that_is_too_long_or_has_a_nul_is_a_fault_and_passed_over)
{
	struct buf text = { 0 };
	struct config *config;

	buf_adds(&text, "[desk]\nurl = ");
	for (int i = 0; i < 5000; i++) {
		buf_addc(&text, 'a');
	}
	buf_adds(&text, "\nlanguage = en\n");
	config = config_read("a.conf", text.data, text.len);
	CHECK_INT(config_fault_count(config), 1);
	CHECK(strstr(config_fault(config, 0), "a.conf:2: the line is longer") != NULL);
	CHECK_STR(config_get(config, CONFIG_DESK_URL), "");
	CHECK_STR(config_get(config, CONFIG_DESK_LANGUAGE), "en");
	config_free(config);
	buf_free(&text);

	config = config_read("a.conf", "[desk]\nurl = a\0b\n", 17);
	CHECK_INT(config_fault_count(config), 1);
	CHECK_STR(config_get(config, CONFIG_DESK_URL), "");
	config_free(config);
}

TEST(an_empty_value_goes_back_to_the_default)
{
	struct config *config = conf("[serve]\nlisten =\n[mail]\nconnections =\n");

	CHECK_INT(config_fault_count(config), 0);
	CHECK_STR(config_get(config, CONFIG_SERVE_LISTEN), "127.0.0.1:8425");
	CHECK_INT(config_number(config, CONFIG_MAIL_CONNECTIONS), 8);
	config_free(config);
}

TEST(faults_are_counted_only_so_far)
{
	struct buf text = { 0 };
	struct config *config;

	buf_adds(&text, "[desk]\n");
	for (int i = 0; i < 10000; i++) {
		buf_addf(&text, "k%d = 1\n", i);
	}
	config = config_read("a.conf", text.data, text.len);
	CHECK_INT(config_fault_count(config), 50);
	config_free(config);
	buf_free(&text);
}

static void
write_text(const char *path, const char *text)
{
	struct error err = ERROR_INIT;

	CHECK_OK(file_write(path, text, strlen(text), 0600, &err), err);
}

TEST(the_members_file_overrides_single_keys_of_the_systems)
{
	char folder[] = "/tmp/suco-config-XXXXXX";
	struct error err = ERROR_INIT;
	const char *paths[3];
	struct config *config;
	char *own;
	char *etc;
	char *none;

	CHECK(mkdtemp(folder) != NULL);
	etc = path_join(folder, "etc.conf");
	own = path_join(folder, "own.conf");
	none = path_join(folder, "none.conf");
	write_text(etc, "[desk]\nurl = /a\nlanguage = en\n");
	write_text(own, "[ui]\nslow = yes\n[desk]\nurl = /b\n");
	paths[0] = etc;
	paths[1] = none;
	paths[2] = own;
	CHECK_OK(config_load_files(&config, paths, 3, &err), err);
	CHECK_STR(config_get(config, CONFIG_DESK_URL), "/b");
	CHECK_STR(config_get(config, CONFIG_DESK_LANGUAGE), "en");
	CHECK(config_yes(config, CONFIG_UI_SLOW));
	CHECK(strstr(config_origin(config, CONFIG_DESK_URL), "own.conf:4") != NULL);
	CHECK(strstr(config_origin(config, CONFIG_DESK_LANGUAGE), "etc.conf:3") != NULL);
	config_free(config);

	paths[1] = folder;
	CHECK_ERR(config_load_files(&config, paths, 3, &err), err, ERR_BAD_INPUT);
	(void)unlink(etc);
	(void)unlink(own);
	(void)rmdir(folder);
	free(etc);
	free(own);
	free(none);
}

TEST(a_path_may_start_at_the_members_home)
{
	struct config *config;

	(void)setenv("HOME", "/home/ha", 1);
	config = conf("[file]\nmaildir = ~/mail\n");
	CHECK_STR(config_get(config, CONFIG_FILE_MAILDIR), "/home/ha/mail");
	config_free(config);
}

TEST(every_key_is_described_and_its_default_fits_its_type)
{
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		const struct config_row *row = &config_rows[i];
		struct buf text = { 0 };
		struct config *config;

		CHECK(row->section != NULL && row->name != NULL);
		CHECK(row->part != NULL && row->help != NULL);
		CHECK((row->choices != NULL) == (row->type == CONFIG_CHOICE));
		buf_addf(&text, "[%s]\n%s = %s\n", row->section, row->name,
			row->fallback);
		config = config_read("a.conf", text.data, text.len);
		CHECK_INT(config_fault_count(config), 0);
		CHECK_STR(config_get(config, (enum config_key)i), row->fallback);
		config_free(config);
		buf_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(without_a_file_the_defaults_hold),
		RUN(the_example_of_the_specification_is_read_whole),
		RUN(an_unknown_key_section_or_line_is_a_fault_with_its_line),
		RUN(a_fault_changes_nothing_and_the_rest_counts),
		RUN(an_indented_key_is_a_key_and_not_more_of_the_one_above),
		RUN(a_line_that_is_too_long_or_has_a_nul_is_a_fault_and_passed_over),
		RUN(an_empty_value_goes_back_to_the_default),
		RUN(faults_are_counted_only_so_far),
		RUN(the_members_file_overrides_single_keys_of_the_systems),
		RUN(a_path_may_start_at_the_members_home),
		RUN(every_key_is_described_and_its_default_fits_its_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
