/* draw.c: suco-report draw: a plan from standard input into a picture. */
#include "report/draw.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "report/report.h"

static const char *
ending(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot == NULL ? "" : dot;
}

/* Pictures are laid chain within chain. */
#define DEPTH_MOST 300

static bool
draw_plan(const struct playbook *playbook, const char *path, struct error *err)
{
	struct painter *painter = painter_new();
	struct picture picture;
	struct flow flow;
	bool ok;

	flow_make(&flow, playbook);
	if (flow_depth(&flow) > DEPTH_MOST) {
		flow_finish(&flow);
		painter_free(painter);
		return error_set(err, ERR_REFUSED,
			_("its branches are nested too deeply to be drawn"));
	}
	picture_lay(&picture, &flow, painter);
	ok = picture_write(&picture, painter, path, strcmp(ending(path), ".png") == 0, err);
	picture_finish(&picture);
	flow_finish(&flow);
	painter_free(painter);
	return ok;
}

bool
report_draw(const struct report *report, struct error *err)
{
	const char *path = report_option(report, "--output");
	struct playbook *playbook = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (path == NULL || (strcmp(ending(path), ".png") != 0
			&& strcmp(ending(path), ".svg") != 0)) {
		return error_set(err, ERR_USAGE,
			_("the picture needs --output with a name that ends in .svg or .png"));
	}
	ok = file_read_fd(&text, &len, STDIN_FILENO, _("standard input"),
			limit(LIMIT_PLAYBOOK), err)
		&& playbook_read(&playbook, text, len, PLAYBOOK_LENIENT, NULL, err)
		&& draw_plan(playbook, path, err);
	playbook_free(playbook);
	free(text);
	if (ok) {
		report_written(report, path);
	}
	return ok;
}
