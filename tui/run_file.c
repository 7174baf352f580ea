/* run_file.c owns the export of a case's runs from its screen. */
#include "tui/run_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/copy.h"
#include "playbooks/run_export.h"
#include "tui/paper.h"

struct run_request {
	struct request request;
	char case_id[UUID_SIZE];
	char number[72];     /* as people write it: of the files */
	char *folder, *path; /* folder as of paper_folder(); path of the last file */
	int count;
};

static bool
write_run(struct run_request *r, struct desk *desk, const struct ir_case *c,
	const struct case_run *run, struct error *err)
{
	struct json *doc = NULL;
	struct buf whole = { 0 };
	char *text, *name;
	bool ok;

	if (!run_export_desk(&doc, desk, c, run, err)) {
		return false;
	}
	text = json_pretty(doc);
	buf_addf(&whole, "%s\n", text);
	name = xasprintf("%s-run%d", r->number, run->n);
	free(r->path);
	r->path = NULL;
	ok = copy_own_path(&r->path, desk, r->folder, name, "json", err)
		&& file_write_new(r->path, whole.data, whole.len, 0600, err);
	r->count += ok;
	free(name);
	buf_free(&whole);
	free(text);
	json_free(doc);
	return ok;
}

static bool
run_export_all(struct request *request, struct desk *desk, struct error *err)
{
	struct run_request *r = (struct run_request *)request;
	struct case_runs runs = { 0 };
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, r->case_id, err)
		&& case_runs_load(&runs, desk, r->case_id, err);

	if (ok && runs.count == 0) {
		ok = error_set(err, ERR_NOT_FOUND, _("no plan has begun on this case"));
	}
	for (int i = 0; ok && i < runs.count; i++) {
		ok = write_run(r, desk, &c, &runs.list[i], err);
	}
	case_runs_finish(&runs);
	case_clear(&c);
	return ok;
}

static void
done_export(struct request *request, struct app *app)
{
	const struct run_request *r = (struct run_request *)request;

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (r->count > 1) {
		app_info(app, _("%d files, the last is %s"), r->count, r->path);
	} else {
		app_info(app, _("kept in %s"), r->path);
	}
}

static void
free_export(struct request *request)
{
	struct run_request *r = (struct run_request *)request;

	free(r->folder);
	free(r->path);
	free(r);
}

void
run_files_of(struct app *app, const struct case_ref *ref)
{
	struct run_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_export_all, .done = done_export,
		.free = free_export };
	memcpy(r->case_id, ref->id, sizeof(r->case_id));
	snprintf(r->number, sizeof(r->number), "%s", ref->number);
	r->folder = paper_folder(app);
	app_ask(app, NULL, &r->request);
}
