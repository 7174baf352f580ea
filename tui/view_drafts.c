/* view_drafts.c owns the return of drafts: which of them the desk holds by now
 * (they go), which are offered, and opening one again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/case_rows.h"
#include "tui/model.h"
#include "tui/places.h"
#include "tui/register_act.h"
#include "tui/view_outbox.h"
#include "tui/views.h"

SQL(EVENT_IS_THERE, "t", "SELECT 1 FROM event WHERE id = $1");

struct drafts_request {
	struct request request;
	struct draft *drafts;   /* ours, as read */
	bool asked;             /* the person asked: say so when there is none */
};

/* Drafts whose event the desk has are taken out of the list; their ids stay in
 * kind "" so that the files can go. */
static bool
run_drafts(struct request *request, struct desk *desk, struct error *err)
{
	struct drafts_request *r = (struct drafts_request *)request;

	for (struct draft *d = r->drafts; d != NULL; d = d->next) {
		int64_t there = 0;

		if (!db_one_int(desk_db(desk), &EVENT_IS_THERE, &there, err, TXT(d->id))) {
			return false;
		}
		if (there != 0) {
			d->kind[0] = '\0';
		}
	}
	return true;
}

/* The first words of what was typed. */
static char *
beginning(const struct draft *draft)
{
	static const char *const names[] = { "text", "title", "what", "note", "reason", "cause",
		"answer", "value" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *text = json_get_text(draft->fields, names[i]);

		/* Words in brackets are choices of a form, not what was typed. */
		if (text != NULL && text[0] != '\0' && text[0] != '(') {
			return text_column(text, 40, false, false);
		}
	}
	return xstrdup("");
}

static struct draft *
draft_of(struct app *app, const char *id)
{
	struct draft *list = drafts_read(app_drafts(app));
	struct draft *found = NULL;

	while (list != NULL) {
		struct draft *next = list->next;

		list->next = NULL;
		if (found == NULL && strcmp(list->id, id) == 0) {
			found = list;
		} else {
			draft_list_free(list);
		}
		list = next;
	}
	return found;
}

/* A form on a case asks by what the case is now (its status, how serious): that is
 * read before the form opens. */
struct reopening {
	struct request request;
	struct case_ref ref;
	struct draft *draft; /* owned */
};

static bool
run_reopen(struct request *request, struct desk *desk, struct error *err)
{
	return case_ref_load(&((struct reopening *)request)->ref, desk, err);
}

static void
done_reopen(struct request *request, struct app *app)
{
	struct reopening *r = (struct reopening *)request;
	struct draft *draft = r->draft;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	/* A step may have ended meanwhile: what was written becomes a note. */
	if (!act_reopen_draft(app, draft, &r->ref)) {
		const char *note = json_get_text(draft->fields, "note");

		snprintf(draft->kind, sizeof(draft->kind), "note");
		json_set_text(draft->fields, "text", note != NULL ? note : "");
		(void)act_reopen_draft(app, draft, &r->ref);
	}
}

static void
free_reopen(struct request *request)
{
	draft_list_free(((struct reopening *)request)->draft);
	free(request);
}

/* Takes the draft. */
static void
reopen_on_case(struct app *app, struct draft *draft)
{
	struct reopening *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_reopen, .done = done_reopen,
		.free = free_reopen, .opens = true };
	memcpy(r->ref.id, draft->case_id, UUID_SIZE);
	r->draft = draft;
	app_ask(app, NULL, &r->request);
}

static bool
chosen(struct app *app, void *arg, const char *id)
{
	struct draft *draft = draft_of(app, id);

	(void)arg;
	if (draft == NULL) {
		app_info(app, "%s", _("this draft is gone"));
		return true;
	}
	if (strcmp(draft->kind, "tin") == 0) {
		open_tin(app, draft);
		draft_list_free(draft);
		return true;
	}
	if (strcmp(draft->kind, "case") == 0) {
		open_new_case(app, draft);
		draft_list_free(draft);
		return true;
	}
	if (outbox_reopen_draft(app, draft) || register_reopen_draft(app, draft)
		|| place_reopen_draft(app, draft)) {
		draft_list_free(draft);
		return true;
	}
	place_open_case(app, draft->case_id);
	reopen_on_case(app, draft);
	return true;
}

static void
offer(struct app *app, const struct draft *drafts, int count)
{
	char *title = xasprintf(_("drafts: %d kept, not filed"), count);
	struct view *pick = ask_pick(app, &(struct pick){ .title = title,
		.done = chosen });

	free(title);
	for (const struct draft *d = drafts; d != NULL; d = d->next) {
		char when[WHEN_SHORT_SIZE] = "";
		char *text, *label;

		if (d->kind[0] == '\0') {
			continue;
		}
		if (app_summary(app)->zone != NULL) {
			when_near(when, d->begun_at, app_now(app), app_summary(app)->zone);
		}
		text = beginning(d);
		label = xasprintf("%s %s %s", strcmp(d->kind, "case") == 0 ? _("new case")
			: strcmp(d->kind, "tin") == 0 ? _("new report") : d->number, when, text);
		pick_add(pick, d->id, label, NULL, NULL);
		free(text);
		free(label);
	}
}

static void
done_drafts(struct request *request, struct app *app)
{
	struct drafts_request *r = (struct drafts_request *)request;
	int count = 0;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	for (struct draft *d = r->drafts; d != NULL; d = d->next) {
		if (d->kind[0] == '\0') {
			draft_remove(app_drafts(app), d->id);
		} else {
			count++;
		}
	}
	if (count > 0) {
		offer(app, r->drafts, count);
	} else if (r->asked) {
		app_info(app, "%s", _("no draft is kept"));
	}
}

static void
free_drafts(struct request *request)
{
	draft_list_free(((struct drafts_request *)request)->drafts);
	free(request);
}

static void
look(struct app *app, bool asked)
{
	struct draft *list = drafts_read(app_drafts(app));
	struct drafts_request *r;

	if (list == NULL && !asked) {
		return;
	}
	r = xcalloc(1, sizeof(*r));
	r->request = (struct request){ .run = run_drafts, .done = done_drafts,
		.free = free_drafts, .opens = true };
	r->drafts = list;
	r->asked = asked;
	app_ask(app, NULL, &r->request);
}

void
place_offer_drafts(struct app *app)
{
	if (!app_summary(app)->readonly) {
		look(app, false);
	}
}

void
open_drafts(struct app *app)
{
	look(app, true);
}
