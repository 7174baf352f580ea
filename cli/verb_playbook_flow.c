/* verb_playbook_flow.c: playbook draw, try: a plan, from a file or the library, as
 * it flows: drawn, and walked dry. */
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/part.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "playbooks/flow_text.h"
#include "playbooks/flow_try.h"
#include "playbooks/library.h"

#define COLS 80
#define COLS_MOST 200

/* FILE, else ID in the library; only that needs a desk. */
static bool
read_plan(struct playbook **out, char **text, size_t *len, struct cli *cli,
	struct error *err)
{
	const char *spec = cli_word(cli, 0);
	struct library library = { 0 };
	const struct plan *plan;
	struct stat st;
	bool ok;

	if (stat(spec, &st) == 0) {
		return file_read(text, len, spec, limit(LIMIT_PLAYBOOK), err) &&
			playbook_read(out, *text, *len, PLAYBOOK_LENIENT, NULL, err);
	}
	ok = cli_open_desk(cli, true, err) && library_load(&library, cli->desk, err) &&
		library_find(&plan, &library, spec, i18n_language(), err) &&
		library_read(out, text, len, cli->desk, plan, err);
	library_finish(&library);
	return ok;
}

static bool
ends_in(const char *path, const char *ending)
{
	size_t len = strlen(path), most = strlen(ending);

	return len > most && strcmp(path + len - most, ending) == 0;
}

/* Of the terminal; of a file or a pipe the usual. */
static int
columns(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0
			|| size.ws_col == 0) {
		return COLS;
	}
	return size.ws_col > COLS_MOST ? COLS_MOST : size.ws_col;
}

static void
draw_letters(struct cli *cli, const struct playbook *playbook)
{
	struct buf text = { 0 };
	struct json *o;

	flow_text(&text, playbook, columns(), strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
	if (cli->json) {
		o = json_object();
		json_set_text(o, "text", buf_text(&text));
		cli_json(cli, o);
	} else {
		buf_add(&cli->out, text.data, text.len);
	}
	buf_free(&text);
}

bool
verb_playbook_draw(struct cli *cli, struct error *err)
{
	const char *to = cli_option(cli, "output");
	const char *words[] = { "draw", "--output", to, NULL };
	struct playbook *playbook = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (to != NULL && !ends_in(to, ".svg") && !ends_in(to, ".png")) {
		return error_set(err, ERR_USAGE,
			_("-o FILE is a name that ends in .svg or .png"));
	}
	ok = read_plan(&playbook, &text, &len, cli, err);
	if (ok && to == NULL) {
		draw_letters(cli, playbook);
	} else if (ok) {
		ok = part_become(cli, "suco-report", words, text, len, err);
	}
	playbook_free(playbook);
	free(text);
	return ok;
}

bool
verb_playbook_try(struct cli *cli, struct error *err)
{
	struct playbook *playbook = NULL;
	struct flow_try try;
	char *text = NULL;
	size_t len = 0;
	bool ok = read_plan(&playbook, &text, &len, cli, err);

	if (ok) {
		flow_try_make(&try, playbook);
		if (cli->json) {
			cli_json(cli, flow_try_json(&try));
		} else {
			flow_try_text(&cli->out, &try, columns());
		}
		flow_try_finish(&try);
	}
	playbook_free(playbook);
	free(text);
	return ok;
}
