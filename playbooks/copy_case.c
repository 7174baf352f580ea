/* copy_case.c owns the copy of a case: where it goes, its text, its JSON. */
#include "playbooks/copy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/case.h"
#include "core/change.h"
#include "core/db.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"
#include "playbooks/copy_private.h"
#include "playbooks/print.h"

void
copy_clear(struct copy_result *result)
{
	free(result->path);
	*result = (struct copy_result){ 0 };
}

/* The folder of the setting, where ~/ is the member's home. */
static bool
folder(char **out, struct desk *desk, struct error *err)
{
	const char *home = getenv("HOME");
	char *set = NULL;

	if (!setting_text(desk, "copy_dir", &set, err)) {
		return false;
	}
	if ((set == NULL || strncmp(set, "~/", 2) == 0) && (home == NULL || home[0] != '/')) {
		free(set);
		return error_set(err, ERR_IO, _("there is no home folder: name a file, or set"
			" copy_dir"));
	}
	*out = set == NULL ? path_join(home, "suco-copies")
		: strncmp(set, "~/", 2) == 0 ? path_join(home, set + 2) : xstrdup(set);
	free(set);
	return true;
}

/* FOLDER/2026-0042-20261121-0236.txt, with -2, -3 where that is there. */
bool
copy_own_path(char **out, struct desk *desk, const char *given, const char *stem,
	const char *end, struct error *err)
{
	struct civil at = zone_civil(desk_zone(desk), desk_now(desk));
	struct stat there;
	char *in = given == NULL ? NULL : xstrdup(given);

	if ((in == NULL && !folder(&in, desk, err)) || !folder_make(in, 0700, err)) {
		free(in);
		return false;
	}
	*out = NULL;
	for (int i = 1; i < 1000; i++) {
		char *again = i == 1 ? xstrdup("") : xasprintf("-%d", i);
		char *name = xasprintf("%s-%04d%02d%02d-%02d%02d%s.%s", stem, at.year,
			at.month, at.day, at.hour, at.minute, again, end);

		free(again);
		free(*out);
		*out = path_join(in, name);
		free(name);
		if (lstat(*out, &there) != 0 && errno == ENOENT) {
			break;
		}
	}
	free(in);
	return true;
}

static bool
check(const struct ir_case *c, const char *path, bool red, struct error *err)
{
	struct stat there;

	if (strcmp(c->tlp, "red") == 0 && !red) {
		(void)error_set(err, ERR_REFUSED, _("%s is TLP:RED: a copy leaves the desk's"
			" care; say that you mean it"), c->number);
		return error_how(err, "--red");
	}
	if (path != NULL && lstat(path, &there) == 0) {
		return error_set(err, ERR_REFUSED,
			_("%s is there already: a copy never overwrites"), path);
	}
	return true;
}

static void
put_notice(struct buf *out, const struct copy_result *r)
{
	if (r->red) {
		buf_addf(out, "%s\n", _("TLP:RED: only for the persons named by the case's"
			" owner. This copy is not in the desk's care."));
	}
	if (r->left_out > 0) {
		buf_addf(out, _("%d observables marked TLP:RED are NOT in this copy\n"),
			r->left_out);
	}
}

static bool
make_text(struct buf *out, struct copy_result *r, struct desk *desk,
	const struct ir_case *c, struct error *err)
{
	struct json *all = NULL;
	char *pretty;

	if (!copy_json(&all, r, desk, c, err)) {
		return false;
	}
	put_notice(out, r);
	if (!print_case_lines(out, desk, c->id, err)) {
		json_free(all);
		return false;
	}
	copy_timeline(out, all);
	pretty = json_pretty(all);
	buf_addf(out, "\n%s\n%s\n", COPY_JSON_MARK, pretty);
	free(pretty);
	json_free(all);
	return true;
}

/* Rows, events and the chain's end of one moment, whatever others append. */
static bool
make_at_once(struct buf *out, struct copy_result *r, struct desk *desk,
	const struct ir_case *c, struct error *err)
{
	bool ok = db_read_begin(desk_db(desk), err);

	if (ok) {
		ok = make_text(out, r, desk, c, err);
		db_read_end(desk_db(desk));
	}
	return ok;
}

/* The timeline knows who took a copy.  Where the desk cannot be written any more
 * the copy still stands. */
static bool
note_copy(struct desk *desk, const struct ir_case *c, const struct copy_result *r)
{
	struct error ignored;
	struct json *body;

	if (desk_readonly(desk) || !change_begin(desk, &ignored)) {
		return false;
	}
	body = json_object();
	json_set_text(body, "file", r->path);
	json_set_int(body, "left_out", r->left_out);
	change_add(desk, "case_copied", c->id, body);
	return change_end(desk, true, &ignored);
}

static bool
copy_loaded(struct copy_result *out, struct desk *desk, const struct ir_case *c,
	const char *path, bool red, struct error *err)
{
	struct buf text = { 0 };
	bool ok = check(c, path, red, err);

	out->red = strcmp(c->tlp, "red") == 0;
	if (ok && path == NULL) {
		ok = copy_own_path(&out->path, desk, NULL, c->number, "txt", err);
	} else if (ok) {
		out->path = xstrdup(path);
	}
	ok = ok && make_at_once(&text, out, desk, c, err) &&
		file_write_new(out->path, buf_text(&text), text.len, 0600, err);
	if (ok) {
		out->noted = note_copy(desk, c, out);
	}
	buf_free(&text);
	return ok;
}

bool
copy_case(struct copy_result *out, struct desk *desk, const char *case_id,
	const char *path, bool red, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok;

	*out = (struct copy_result){ 0 };
	ok = case_load(&c, desk, case_id, err) &&
		copy_loaded(out, desk, &c, path, red, err);
	case_clear(&c);
	if (!ok) {
		copy_clear(out);
	}
	return ok;
}
