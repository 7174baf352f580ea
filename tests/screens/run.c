/* run.c plays a script of keys on the UI without a terminal and compares what
 * stands on the screen with a picture.
 *
 *	run NAME.keys NAME.screen      UPDATE_SCREENS=1 rewrites the picture
 *
 * Script, one step a line; # begins a comment:
 *	lang vi|en        size COLS ROWS      slow | readonly | ascii | plain
 *	as LOGIN          who sits there: ha, else another member
 *	fixture NAME      (before the first step that shows or presses anything)
 *	key NAME ...      keys by name: Down Enter C-l F7 x
 *	do WORD ...       commands of the table, by their first key if they have one
 *	type TEXT         letters as typed      paste TEXT   (\n is a line end)
 *	later SPAN        the clock goes on     screen LABEL   styles LABEL
 *	copied TEXT       stands in the clipboard: after `do find.help act.copy` too,
 *	                  where a picture would change with every new command */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tests/screens/fixtures.h"
#include "tui/app.h"
#include "tui/places.h"

struct player {
	struct app *app;
	struct app_options options;
	int rows, cols;
	const char *fixture;
	const char *language;
	const char *login;
	char folder[64];
	struct buf out;
	char *copied;
	int line;
};

static struct player player = { .rows = 24, .cols = 80, .fixture = "three",
	.language = "en", .login = "ha" };

static void
fail(const char *what, const char *detail)
{
	fprintf(stderr, "line %d: %s %s\n", player.line, what, detail);
	exit(1);
}

static int64_t
mono(void)
{
	return screens_now;
}

static bool
host_copy(void *arg, const char *text, size_t len)
{
	(void)arg;
	free(player.copied);
	player.copied = xstrndup(text, len);
	return len < 70000;
}

static void
settle(void)
{
	do {
		app_tick(player.app);
	} while (!app_settled(player.app));
}

static void
start(void)
{
	struct error err = ERROR_INIT;

	if (player.app != NULL) {
		return;
	}
	(void)i18n_start(player.language, NULL);
	snprintf(player.folder, sizeof(player.folder), "/tmp/suco-screens-XXXXXX");
	if (mkdtemp(player.folder) == NULL) {
		fail("no folder", strerror(errno));
	}
	player.options.desk = screens_fixture(player.fixture, player.folder);
	if (strcmp(player.login, "ha") != 0) {
		desk_close(player.options.desk);
		player.options.desk = screens_reopen(player.folder, player.login);
	}
	player.options.clock.now = screens_clock;
	player.options.mono = mono;
	player.options.begin = place_begin;
	player.options.end = place_end;
	player.options.host.copy = host_copy;
	player.options.drafts_dir = xasprintf("%s/drafts", player.folder);
	if (!app_new(&player.app, &player.options, player.rows, player.cols, &err)) {
		fail("cannot start:", err.message);
	}
	settle();
}

static void
press(int32_t code, const char *text)
{
	struct key key = { .code = code };

	start();
	if (text != NULL) {
		snprintf(key.text, sizeof(key.text), "%s", text);
	}
	app_key(player.app, &key);
	settle();
	screens_now += 50;
}

static void
press_named(char *names)
{
	char *rest = NULL;

	for (char *name = strtok_r(names, " ", &rest); name != NULL;
		name = strtok_r(NULL, " ", &rest)) {
		int32_t code = key_from_name(name);

		if (code == 0) {
			fail("no key is named", name);
		}
		press(code, code >= 0x20 && code < 0x7f ? (char[2]){ (char)code, '\0' }
			: NULL);
	}
}

static void
do_commands(char *words)
{
	char *rest = NULL;

	for (char *word = strtok_r(words, " ", &rest); word != NULL;
		word = strtok_r(NULL, " ", &rest)) {
		enum command command = command_of_word(word);

		start();
		if (command == CMD_NONE) {
			fail("no command is named", word);
		}
		if (command_rows[command].keys[0] != 0) {
			int32_t code = command_rows[command].keys[0];

			press(code, code >= 0x20 && code < 0x7f
				? (char[2]){ (char)code, '\0' } : NULL);
		} else {
			(void)app_do(player.app, command);
			settle();
		}
	}
}

static void
type(const char *text)
{
	size_t len = strlen(text);

	for (size_t at = 0; at < len; ) {
		uint32_t point;
		size_t step = text_decode(text + at, len - at, &point);
		char one[5] = "";

		if (step == 0) {
			fail("not UTF-8:", text);
		}
		memcpy(one, text + at, step);
		press((int32_t)point, one);
		at += step;
	}
}

static void
paste(const char *text)
{
	struct buf bytes = { 0 };
	struct key key = { .code = K_PASTE };

	for (; *text != '\0'; text++) {
		if (text[0] == '\\' && text[1] == 'n') {
			buf_addc(&bytes, '\n');
			text++;
		} else if (text[0] == '\\' && text[1] == 't') {
			buf_addc(&bytes, '\t');
			text++;
		} else if (text[0] == '\\' && text[1] == 'e') {
			buf_addc(&bytes, '\033');
			text++;
		} else {
			buf_addc(&bytes, *text);
		}
	}
	start();
	key.paste_len = bytes.len;
	key.paste = buf_take(&bytes);
	app_key(player.app, &key);
	settle();
}

static void
picture(const char *label, bool styles)
{
	const struct frame *frame;

	start();
	frame = app_frame(player.app);
	buf_addf(&player.out, "== %s %dx%d%s ==\n", label, player.cols, player.rows,
		styles ? " styles" : "");
	if (styles) {
		frame_dump_styles(frame, &player.out);
	} else {
		frame_dump(frame, &player.out);
	}
}

/* Paths on the screen name the folder of this run: its random end goes. */
static void
mask_folder(void)
{
	size_t len = strlen(player.folder);

	for (size_t i = 0; len > 6 && i + len <= player.out.len; i++) {
		if (memcmp(player.out.data + i, player.folder, len) == 0) {
			memset(player.out.data + i + len - 6, 'X', 6);
		}
	}
}

static void
resize(const char *text)
{
	if (sscanf(text, "%d %d", &player.cols, &player.rows) != 2) {
		fail("size needs COLS ROWS, not", text);
	}
	if (player.app != NULL) {
		app_resize(player.app, player.rows, player.cols);
	}
}

static void
later(const char *text)
{
	struct error err = ERROR_INIT;
	int64_t span;

	start();
	if (!when_parse_span(&span, text, &err)) {
		fail("later:", err.message);
	}
	screens_now += span;
	settle();
}

static void
again(void)
{
	struct error err = ERROR_INIT;

	/* As after a crash: nothing is saved now that was not saved before. */
	start();
	screens_crash(player.app);
	player.app = NULL;
	player.options.desk = screens_reopen(player.folder, player.login);
	if (!app_new(&player.app, &player.options, player.rows, player.cols, &err)) {
		fail("cannot start again:", err.message);
	}
	settle();
}

static void
step(char *text)
{
	char *rest = strchr(text, ' ');
	char *word = text;

	if (rest != NULL) {
		*rest++ = '\0';
	} else {
		rest = text + strlen(text);
	}
	if (strcmp(word, "lang") == 0) {
		player.language = xstrdup(rest);
	} else if (strcmp(word, "size") == 0) {
		resize(rest);
	} else if (strcmp(word, "fixture") == 0) {
		player.fixture = xstrdup(rest);
	} else if (strcmp(word, "as") == 0) {
		player.login = xstrdup(rest);
	} else if (strcmp(word, "slow") == 0) {
		player.options.slow = true;
	} else if (strcmp(word, "readonly") == 0) {
		player.options.readonly = true;
	} else if (strcmp(word, "ascii") == 0) {
		player.options.ascii = true;
	} else if (strcmp(word, "plain") == 0) {
		player.options.plain = true;
	} else if (strcmp(word, "key") == 0) {
		press_named(rest);
	} else if (strcmp(word, "do") == 0) {
		do_commands(rest);
	} else if (strcmp(word, "type") == 0) {
		type(rest);
	} else if (strcmp(word, "paste") == 0) {
		paste(rest);
	} else if (strcmp(word, "later") == 0) {
		later(rest);
	} else if (strcmp(word, "again") == 0) {
		again();
	} else if (strcmp(word, "screen") == 0) {
		picture(rest, false);
	} else if (strcmp(word, "styles") == 0) {
		picture(rest, true);
	} else if (strcmp(word, "copied") == 0) {
		if (player.copied == NULL || strstr(player.copied, rest) == NULL) {
			fail("not in the clipboard:", rest);
		}
	} else {
		fail("unknown step:", word);
	}
}

static char *
slurp(const char *path)
{
	FILE *file = fopen(path, "re");
	struct buf text = { 0 };
	char chunk[4096];
	size_t got;

	if (file == NULL) {
		return xstrdup("");
	}
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		buf_add(&text, chunk, got);
	}
	fclose(file);
	return buf_take(&text);
}

/* The first line that differs, both ways. */
static void
show_difference(const char *is, const char *should)
{
	int line = 1;

	while (*is != '\0' || *should != '\0') {
		size_t a = strcspn(is, "\n"), b = strcspn(should, "\n");

		if (a != b || strncmp(is, should, a) != 0) {
			fprintf(stderr, "line %d\n-%.*s\n+%.*s\n", line, (int)b, should, (int)a,
				is);
			break;
		}
		is += a + (is[a] == '\n' ? 1 : 0);
		should += b + (should[b] == '\n' ? 1 : 0);
		line++;
	}
}

static void
play(char *script)
{
	char *rest = NULL;

	for (char *line = script; line != NULL; line = rest) {
		rest = strchr(line, '\n');
		if (rest != NULL) {
			*rest++ = '\0';
		}
		player.line++;
		if (line[0] != '\0' && line[0] != '#') {
			step(line);
		}
	}
}

int
main(int argc, char **argv)
{
	char *script, *should;
	int status = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: run NAME.keys NAME.screen\n");
		return 2;
	}
	script = slurp(argv[1]);
	play(script);
	start();
	(void)app_free(player.app, 1000);
	screens_clean(player.folder);
	mask_folder();
	should = slurp(argv[2]);
	if (getenv("UPDATE_SCREENS") != NULL) {
		FILE *file = fopen(argv[2], "we");

		if (file == NULL || fputs(buf_text(&player.out), file) < 0
			|| fclose(file) != 0) {
			perror(argv[2]);
			status = 1;
		}
	} else if (strcmp(buf_text(&player.out), should) != 0) {
		show_difference(buf_text(&player.out), should);
		fprintf(stderr, "%s\n%s differs (UPDATE_SCREENS=1 rewrites it)\n",
			buf_text(&player.out), argv[2]);
		status = 1;
	}
	free((void *)(uintptr_t)player.options.drafts_dir);
	free(player.copied);
	free(script);
	free(should);
	buf_free(&player.out);
	return status;
}
