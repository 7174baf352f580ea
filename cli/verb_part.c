/* verb_part.c: serve, deliver, notify, watch: the verbs whose work another
 * program of suco does, which takes this process over.  So a plain start of
 * suco pays for none of their libraries. */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/part.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/place.h"

#define WORDS_MAX 16

struct part_line {
	const char *words[WORDS_MAX + 1];
	int count;
};

static void
add(struct part_line *line, const char *word)
{
	if (line->count < WORDS_MAX) {
		line->words[line->count++] = word;
	}
}

/* Comes back only where it fails. */
static bool
become(const char *part, struct part_line *line, struct error *err)
{
	char *path = NULL;

	if (!place_program(&path, part, err)) {
		return false;
	}
	line->words[0] = path;
	/* What we ignore it would ignore too. */
	(void)signal(SIGPIPE, SIG_DFL);
	(void)execv(path, (char *const *)line->words);
	(void)error_errno(err, _("cannot start %s"), path);
	free(path);
	return false;
}

static bool
begin(struct cli *cli, struct part_line *line, struct error *err)
{
	if (!cli_find_desk(cli, err)) {
		return false;
	}
	add(line, "");
	add(line, "--desk");
	add(line, cli->url);
	add(line, "--lang");
	add(line, i18n_language());
	if (cli->json) {
		add(line, "--json");
	}
	return true;
}

bool
verb_serve(struct cli *cli, struct error *err)
{
	struct part_line line = { 0 };

	return begin(cli, &line, err) && become("suco-serve", &line, err);
}

bool
verb_deliver(struct cli *cli, struct error *err)
{
	struct part_line line = { 0 };

	if (!begin(cli, &line, err)) {
		return false;
	}
	if (cli_switch(cli, "once")) {
		add(&line, "--once");
	}
	return become("suco-serve", &line, err);
}

static bool
notify(struct cli *cli, const char *word, struct error *err)
{
	struct part_line line = { 0 };

	if (!begin(cli, &line, err)) {
		return false;
	}
	add(&line, word);
	return become("suco-serve", &line, err);
}

bool
verb_notify_list(struct cli *cli, struct error *err)
{
	return notify(cli, "notify-list", err);
}

bool
verb_notify_probe(struct cli *cli, struct error *err)
{
	return notify(cli, "notify-probe", err);
}

bool
verb_notify_test(struct cli *cli, struct error *err)
{
	struct part_line line = { 0 };

	if (!begin(cli, &line, err)) {
		return false;
	}
	add(&line, "notify-test");
	add(&line, cli_word(cli, 0));
	add(&line, cli_word(cli, 1));
	return become("suco-serve", &line, err);
}

bool
verb_watch(struct cli *cli, struct error *err)
{
	struct part_line line = { 0 };

	return begin(cli, &line, err) && become("suco-watch", &line, err);
}

/* A text as standard input, in memory: no file of it is left anywhere. */
static bool
feed(const char *input, size_t len, struct error *err)
{
	int fd = memfd_create("suco", MFD_CLOEXEC);
	size_t at = 0;

	while (fd >= 0 && at < len) {
		ssize_t n = write(fd, input + at, len - at);

		if (n <= 0) {
			break;
		}
		at += (size_t)n;
	}
	if (fd < 0 || at < len || lseek(fd, 0, SEEK_SET) != 0 || dup2(fd, STDIN_FILENO) < 0) {
		return error_errno(err, _("cannot hand the text to another program"));
	}
	return true;
}

bool
part_become(struct cli *cli, const char *part, const char *const *words, const char *input,
	size_t len, struct error *err)
{
	struct part_line line = { 0 };

	add(&line, "");
	add(&line, "--lang");
	add(&line, i18n_language());
	if (cli->json) {
		add(&line, "--json");
	}
	for (int i = 0; words[i] != NULL; i++) {
		add(&line, words[i]);
	}
	/* The other program opens the desk for itself, if it needs it. */
	desk_close(cli->desk);
	cli->desk = NULL;
	return (input == NULL || feed(input, len, err)) && become(part, &line, err);
}
