/* verb_playbook_new.c: playbook new, diff: plans written by people, and what two
 * editions differ in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/plan_open.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "playbooks/plan_diff.h"

bool
plan_parse(struct json **doc, const char *text, size_t len, struct error *err)
{
	const struct json_limits limits = {
		.bytes = limit(LIMIT_PLAYBOOK),
		.depth = (int)limit(LIMIT_PLAYBOOK_DEPTH),
	};

	return json_parse(doc, text, len, &limits, err);
}

bool
plan_same(const struct json *a, const struct json *b)
{
	static const char *const own[] = { "modified", "signatures" };
	struct json *left = json_copy(a);
	struct json *right = json_copy(b);
	char *one, *two;
	bool same;

	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
		json_remove(left, own[i]);
		json_remove(right, own[i]);
	}
	one = json_canonical(left);
	two = json_canonical(right);
	same = strcmp(one, two) == 0;
	free(one);
	free(two);
	json_free(left);
	json_free(right);
	return same;
}

/* ---- new ---- */

/* The edition that stands in the file already: it keeps created, and modified where
 * nothing else was changed.  Another plan is not written over. */
static bool
keep_dates(struct json *doc, const char *to, struct error *err)
{
	struct json *before = NULL;
	struct stat st;
	char *text = NULL;
	size_t len = 0;
	struct error none = ERROR_INIT;
	bool ok = true;

	if (to == NULL || stat(to, &st) != 0 || !S_ISREG(st.st_mode)) {
		return true;
	}
	if (!file_read(&text, &len, to, limit(LIMIT_PLAYBOOK), err)) {
		return false;
	}
	if (!plan_parse(&before, text, len, &none)
			|| strcmp(json_text_of(before, "id"), json_text_of(doc, "id")) != 0) {
		ok = error_set(err, ERR_REFUSED,
			_("%s is there and is another plan: name another file"), to);
	} else if (json_get_text(before, "created") != NULL) {
		json_set_text(doc, "created", json_text_of(before, "created"));
		if (plan_same(doc, before)) {
			json_set_text(doc, "modified", json_text_of(before, "modified"));
		}
	}
	json_free(before);
	free(text);
	return ok;
}

static bool
write_plan(struct cli *cli, struct json *doc, struct error *err)
{
	const char *to = cli_option(cli, "output");
	struct buf whole = { 0 };
	char *text;
	bool ok;

	if (!keep_dates(doc, to, err)) {
		return false;
	}
	text = json_pretty(doc);
	buf_addf(&whole, "%s\n", text);
	ok = to == NULL || file_write(to, whole.data, whole.len, 0644, err);
	if (ok && to == NULL) {
		buf_add(&cli->out, whole.data, whole.len);
	} else if (ok && cli->json) {
		struct json *o = json_object();

		json_set_text(o, "id", json_text_of(doc, "id"));
		json_set_text(o, "name", json_text_of(doc, "name"));
		json_set_text(o, "modified", json_text_of(doc, "modified"));
		json_set_text(o, "file", to);
		json_set(o, "findings", json_array());
		cli_json(cli, o);
	} else if (ok) {
		cli_say(cli, _("%s: %s, ready for: suco playbook import %s"), to,
			json_text_of(doc, "name"), to);
	}
	buf_free(&whole);
	free(text);
	return ok;
}

/* Nothing is written where a line is wrong. */
static void
tell_faults(struct cli *cli, const char *from, const struct md_faults *faults)
{
	struct json *list = json_array();

	plan_put_faults(cli, from, faults, list);
	cli->status = 6;
	if (cli->json) {
		struct json *o = json_object();

		json_set(o, "findings", list);
		cli_json(cli, o);
	} else {
		json_free(list);
	}
}

bool
verb_playbook_new(struct cli *cli, struct error *err)
{
	const char *from = cli_option(cli, "from");
	struct md_faults faults = { 0 };
	struct plan_names names;
	struct json *doc = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (!cli_need(cli, "from", err) || !file_read(&text, &len, from, MD_MOST, err)) {
		return false;
	}
	plan_names_open(&names, cli);
	const struct md_source source = {
		.names = &names.names, .now = desk_system_clock(NULL),
	};
	if (md_playbook(&doc, &faults, text, len, &source)) {
		ok = write_plan(cli, doc, err);
	} else {
		tell_faults(cli, from, &faults);
		ok = true;
	}
	plan_names_close(&names);
	md_faults_finish(&faults);
	json_free(doc);
	free(text);
	return ok;
}

/* ---- diff ---- */

/* ms as people say it. */
static char *
value_words(const struct plan_change *change, const char *value)
{
	bool span = strcmp(change->field, "timeout") == 0
		|| strcmp(change->field, "delay") == 0;

	if (value == NULL) {
		return xstrdup(_("nothing"));
	}
	return span ? md_span(strtoll(value, NULL, 10), i18n_language()) : xstrdup(value);
}

static void
say_change(struct cli *cli, const struct plan_change *change)
{
	static const char marks[] = {
		[PLAN_ADDED] = '+', [PLAN_REMOVED] = '-', [PLAN_MOVED] = '>',
		[PLAN_CHANGED] = '~',
	};
	const char *field = change->field == NULL ? NULL
		: md_field_name(change->field, i18n_language());
	char number[16] = "";
	char *before, *after;

	if (change->n > 0) {
		(void)snprintf(number, sizeof number, "%d ", change->n);
	}
	if (change->kind == PLAN_MOVED) {
		cli_say(cli, _("> %s%s: now behind \"%s\", before it stood behind \"%s\""), number,
			change->name, change->after != NULL ? change->after : _("the start"),
			change->before != NULL ? change->before : _("the start"));
		return;
	}
	if (change->kind != PLAN_CHANGED) {
		cli_say(cli, "%c %s%s", marks[change->kind], number, change->name);
		return;
	}
	before = value_words(change, change->before);
	after = value_words(change, change->after);
	cli_say(cli, "~ %s%s%s%s: %s -> %s", number, change->name,
		change->name[0] != '\0' ? ": " : "", field != NULL ? field : change->field,
		before, after);
	free(before);
	free(after);
}

static struct json *
change_json(const struct plan_change *change)
{
	struct json *o = json_object();

	json_set_text(o, "change", plan_change_word(change->kind));
	json_set_text(o, "step", change->step);
	json_set(o, "n", change->n > 0 ? json_int(change->n) : json_null());
	json_set_text(o, "name", change->step != NULL ? change->name : NULL);
	json_set_text(o, "field", change->field);
	json_set_text(o, "before", change->before);
	json_set_text(o, "after", change->after);
	return o;
}

struct json *
plan_put_diff(struct cli *cli, const struct playbook *a, const struct playbook *b)
{
	struct json *list = json_array();
	struct plan_diff diff;

	plan_diff(&diff, a, b, false);
	for (int i = 0; i < diff.count; i++) {
		if (cli->json) {
			json_push(list, change_json(&diff.list[i]));
		} else {
			say_change(cli, &diff.list[i]);
		}
	}
	cli->status = diff.count > 0 ? 6 : 0;
	plan_diff_finish(&diff);
	return list;
}

bool
verb_playbook_diff(struct cli *cli, struct error *err)
{
	struct playbook *a = NULL, *b = NULL;
	bool ok = plan_open(&a, cli, cli_word(cli, 0), err) &&
		plan_open(&b, cli, cli_word(cli, 1), err);

	if (ok) {
		struct json *list = plan_put_diff(cli, a, b);

		if (cli->json) {
			cli_json(cli, list);
		} else {
			json_free(list);
			if (cli->status == 0) {
				cli_note(cli, "%s", _("they say the same"));
			}
		}
	}
	playbook_free(a);
	playbook_free(b);
	return ok;
}
