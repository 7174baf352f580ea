/* copy_json.c owns the JSON of a copied case: every fact, row and event, with the
 * header line that each event's hash is of. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/evidence_item.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/observable.h"
#include "core/pages.h"
#include "core/thing.h"
#include "core/timeline.h"
#include "core/when.h"
#include "playbooks/case_runs.h"
#include "playbooks/copy_private.h"
#include "playbooks/steps_json.h"

SQL(COPY_HEAD, "", "SELECT hash, seq FROM head");

struct copying {
	struct desk *desk;
	const struct ir_case *c;
	struct copy_result *result;
	struct json *list;
	struct json *red; /* ids of what is left out */
};

static void
set_time(struct json *o, const char *key, int64_t ms, struct desk *desk)
{
	char text[WHEN_RFC3339_SIZE];

	if (ms == 0 || ms == NO_DUE) {
		json_set(o, key, json_null());
		return;
	}
	when_rfc3339(text, ms, desk_zone(desk));
	json_set_text(o, key, text);
}

static struct json *
facts(struct desk *desk, const struct ir_case *c)
{
	const struct {
		const char *key, *text;
	} texts[] = {
		{ "id", c->id }, { "number", c->number }, { "title", c->title },
		{ "kind", c->kind }, { "category", c->category }, { "status", c->status },
		{ "severity_rule", c->severity_rule }, { "asset", c->asset_code },
		{ "asset_name", c->asset_name }, { "owner", c->owner_login },
		{ "owner_name", c->owner_name }, { "reporter", c->reporter },
		{ "tlp", c->tlp }, { "pap", c->pap }, { "reportable", c->reportable },
		{ "personal_data", c->personal_data }, { "cause", c->cause },
		{ "result", c->result }, { "lessons", c->lessons },
	};
	const struct {
		const char *key;
		int64_t at;
	} times[] = {
		{ "detected_at", c->detected_at }, { "occurred_at", c->occurred_at },
		{ "opened_at", c->opened_at }, { "acknowledged_at", c->acknowledged_at },
		{ "contained_at", c->contained_at }, { "recovered_at", c->recovered_at },
		{ "closed_at", c->closed_at },
	};
	struct json *o = json_object();

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_set_text(o, texts[i].key, texts[i].text);
	}
	json_set(o, "severity", c->severity == 0 ? json_null() : json_int(c->severity));
	json_set_int(o, "severity_suggested", c->severity_suggested);
	json_set_bool(o, "drill", c->drill);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		set_time(o, times[i].key, times[i].at, desk);
	}
	return o;
}

static bool
push_evidence(const struct evidence *e, void *arg)
{
	struct copying *copying = arg;
	struct json *o = json_object();

	json_set_int(o, "n", e->n);
	json_set_text(o, "name", e->name);
	json_set_int(o, "bytes", e->bytes);
	json_set_text(o, "sha256", e->hash);
	json_set_text(o, "kept", e->kept);
	json_set_text(o, "place", e->place);
	json_set_text(o, "note", e->note);
	set_time(o, "added_at", e->added_at, copying->desk);
	json_push(copying->list, o);
	return true;
}

static bool
push_observable(const struct observable *observable, void *arg)
{
	struct copying *copying = arg;
	struct json *o;

	if (strcmp(observable->tlp, "red") == 0) {
		copying->result->left_out++;
		json_set_bool(copying->red, observable->id, true);
		return true;
	}
	o = json_object();
	json_set_int(o, "n", observable->n);
	json_set_text(o, "type", observable->type);
	json_set_text(o, "value", observable->value);
	json_set_text(o, "tlp", observable->tlp);
	json_set_text(o, "note", observable->note);
	json_push(copying->list, o);
	return true;
}

/* An event about what is left out keeps its header and loses its words. */
static bool
push_event(const struct entry *entry, void *arg)
{
	struct copying *copying = arg;
	const struct event *event = entry->event;
	const char *about = json_get_text(entry->body, "observable");
	bool red = about != NULL && json_get(copying->red, about) != NULL;
	char *text = red ? xstrdup(_("(TLP:RED, not copied)"))
		: timeline_text(entry, desk_zone(copying->desk));
	struct json *o = json_object();
	struct buf header = { 0 };

	event_header(&header, event, desk_id(copying->desk));
	json_set_int(o, "seq", event->seq);
	json_set_text(o, "kind", event->kind);
	set_time(o, "recorded_at", event->recorded_at, copying->desk);
	set_time(o, "occurred_at", event->occurred_at, copying->desk);
	json_set_text(o, "actor", event->actor_login);
	json_set_text(o, "text", text);
	json_set(o, "body", red ? json_null() : json_copy(entry->body));
	json_set_text(o, "hash", event->hash);
	json_set_text(o, "header", buf_text(&header));
	json_push(copying->list, o);
	copying->result->events++;
	buf_free(&header);
	free(text);
	return true;
}

/* The rows of one table of the watch, by its list of columns. */
static bool
push_rows(struct copying *copying, const struct thing *thing, struct error *err)
{
	struct db *db = desk_db(copying->desk);
	struct buf text = { 0 };
	struct stmt *st;

	buf_adds(&text, "SELECT id");
	for (const struct thing_column *column = thing->columns; column->name != NULL;
	     column++) {
		buf_addf(&text, ", %s", column->name);
	}
	buf_addf(&text, " FROM %s WHERE case_id = $1 ORDER BY id", thing->name);
	st = db_query(db, db_intern(db, "t", buf_text(&text)), TXT(copying->c->id));
	buf_free(&text);
	while (stmt_row(st)) {
		struct json *o = json_object();
		int at = 1;

		json_set_text(o, "id", stmt_text(st, 0));
		for (const struct thing_column *column = thing->columns;
		     column->name != NULL; column++, at++) {
			bool number = column->type != 't' && column->type != 'T';

			if (stmt_null(st, at) || (number && stmt_int(st, at) == NO_DUE)) {
				json_set(o, column->name, json_null());
			} else if (number) {
				json_set_int(o, column->name, stmt_int(st, at));
			} else {
				json_set_text(o, column->name, stmt_text(st, at));
			}
		}
		json_push(copying->list, o);
	}
	return stmt_done(st, err);
}

static bool
tables(struct copying *copying, struct json *all, struct error *err)
{
	struct json *tables = json_object();
	bool ok = true;

	for (const struct thing *thing = things; ok && thing->name != NULL; thing++) {
		copying->list = json_array();
		ok = push_rows(copying, thing, err);
		if (ok && json_count(copying->list) > 0) {
			json_set(tables, thing->name, copying->list);
		} else {
			json_free(copying->list);
		}
	}
	json_set(all, "tables", tables);
	return ok;
}

static bool
steps(struct copying *copying, struct json *all, struct error *err)
{
	struct case_runs runs = { 0 };
	struct json *list = NULL;
	bool ok = case_runs_load(&runs, copying->desk, copying->c->id, err) &&
		case_steps_json(&list, copying->desk, &runs, err);

	case_runs_finish(&runs);
	json_set(all, "steps", ok ? list : json_array());
	return ok;
}

static bool
head(struct desk *desk, struct json *all, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &COPY_HEAD, NOARGS);

	if (stmt_row(st)) {
		json_set_text(all, "head", stmt_text(st, 0));
		json_set_int(all, "head_seq", stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

/* Each list under its name; the events last, when it is known what is red. */
static bool
fill(struct copying *copying, struct json *all, struct error *err)
{
	struct desk *desk = copying->desk;
	const char *id = copying->c->id;
	bool ok;

	copying->list = json_array();
	ok = evidence_each(desk, id, push_evidence, copying, err);
	json_set(all, "evidence", copying->list);
	copying->list = json_array();
	ok = ok && observable_each(desk, id, push_observable, copying, err);
	json_set(all, "observables", copying->list);
	ok = ok && steps(copying, all, err) && tables(copying, all, err);
	copying->list = json_array();
	ok = ok && timeline_each(desk, &(struct timeline_page){ .case_id = id }, push_event,
		copying, err);
	json_set(all, "events", copying->list);
	json_set_int(all, "red_observables_left_out", copying->result->left_out);
	return ok;
}

bool
copy_json(struct json **out, struct copy_result *result, struct desk *desk,
	const struct ir_case *c, struct error *err)
{
	struct copying copying = { .desk = desk, .c = c, .result = result,
		.red = json_object() };
	struct json *all = json_object();
	bool ok;

	json_set_int(all, "suco_copy", 1);
	json_set_text(all, "desk", desk_name(desk));
	json_set_text(all, "desk_id", desk_id(desk));
	set_time(all, "made_at", desk_now(desk), desk);
	json_set_text(all, "made_by", desk_me(desk)->login);
	json_set_text(all, "proof", "the hash of an event is the SHA-256 of its header");
	json_set(all, "case", facts(desk, c));
	ok = head(desk, all, err) && fill(&copying, all, err);
	json_free(copying.red);
	if (!ok) {
		json_free(all);
		return false;
	}
	*out = all;
	return true;
}

static void
put_wrapped(struct buf *out, const char *first, const char *text)
{
	struct pages pages = { 0 };

	pages_wrap(&pages, first, text);
	pages_plain(out, &pages);
}

static void
put_evidence(struct buf *out, const struct json *e)
{
	const char *note = json_get_text(e, "note");
	struct buf words = { 0 };

	if (!evidence_is_item(json_get_text(e, "kept"))) {
		buf_addf(out, "%lld %s %lld B %s\n  sha256 %s\n",
			(long long)json_get_int(e, "n", 0), json_get_text(e, "name"),
			(long long)json_get_int(e, "bytes", 0), note,
			json_get_text(e, "sha256"));
		return;
	}
	item_words(&words, json_get_text(e, "place"), note);
	buf_addf(out, "%lld %s\n  %s\n", (long long)json_get_int(e, "n", 0),
		json_get_text(e, "name"), buf_text(&words));
	free(item_taken_by(note, &note));
	if (note[0] != '\0') {
		put_wrapped(out, "  ", note);
	}
	buf_free(&words);
}

void
copy_timeline(struct buf *out, const struct json *all)
{
	buf_addf(out, "\n-- %s\n", _("TIMELINE"));
	for (const struct json *e = json_first(json_get(all, "events")); e != NULL;
	     e = json_next(e)) {
		char *first = xasprintf("%.16s %s  ", json_get_text(e, "occurred_at"),
			json_get_text(e, "actor"));

		put_wrapped(out, first, json_get_text(e, "text"));
		free(first);
	}
	buf_addf(out, "\n-- %s\n", _("EVIDENCE (the files stay in the desk)"));
	for (const struct json *e = json_first(json_get(all, "evidence")); e != NULL;
	     e = json_next(e)) {
		put_evidence(out, e);
	}
	buf_addf(out, "\n-- %s\n", _("OBSERVABLES"));
	for (const struct json *e = json_first(json_get(all, "observables")); e != NULL;
	     e = json_next(e)) {
		buf_addf(out, "%s %s %s\n", json_get_text(e, "type"),
			json_get_text(e, "value"), json_get_text(e, "note"));
	}
}
