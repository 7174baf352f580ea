/* evidence_item.c owns what is put on record without a file: its event is that of
 * a file, with no bytes, no hash, and who took it in the note's first line. */
#include "core/evidence_item.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/document.h"
#include "core/evidence_file.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"

char *
item_taken_by(const char *note, const char **rest)
{
	size_t len = strcspn(note, "\n");

	*rest = note[len] == '\0' ? note + len : note + len + 1;
	return xstrndup(note, len);
}

void
item_words(struct buf *out, const char *place, const char *note)
{
	const char *rest;
	char *who = item_taken_by(note, &rest);

	buf_addf(out, _("a thing, no file; at %s; taken by %s"), place, who);
	free(who);
}

/* Name and label are one text, so that whoever reads the list reads both. */
static bool
put_name(struct json *body, const struct item_new *what, struct error *err)
{
	char *name = NULL;
	char *label = NULL;
	bool ok = document_text(&name, what->name, true, _("what it is"), err) &&
		document_text(&label, what->label, false, _("serial number, label"), err);

	if (ok) {
		char *both = xasprintf("%s%s%s%s", name, label[0] != '\0' ? " (" : "", label,
			label[0] != '\0' ? ")" : "");

		json_set_text(body, "name", both);
		free(both);
	}
	free(label);
	free(name);
	return ok;
}

static bool
put_place(struct json *body, const struct item_new *what, struct error *err)
{
	char *place = NULL;

	if (!document_text(&place, what->place, true, _("where it is"), err)) {
		return false;
	}
	json_set_text(body, "place", place);
	free(place);
	return true;
}

static bool
put_note(struct json *body, struct desk *desk, const struct item_new *what,
	struct error *err)
{
	const char *given = what->note == NULL ? "" : what->note;
	char *who = NULL;
	char *note = NULL;
	bool ok = document_text(&who, what->taken_by, false, _("who took it"), err) &&
		text_accept(&note, given, strlen(given), TEXT_MANY_LINES, limit(LIMIT_NOTE),
			_("note"), err);

	if (ok) {
		char *both = xasprintf("%s%s%s", who[0] != '\0' ? who : desk_me(desk)->name,
			note[0] != '\0' ? "\n" : "", note);

		json_set_text(body, "note", both);
		free(both);
	}
	free(note);
	free(who);
	return ok;
}

static bool
put_number(struct json *body, struct desk *desk, const char *case_id, int *n,
	struct error *err)
{
	char id[UUID_SIZE];
	int64_t next = 1;

	if (!evidence_next_n(desk, case_id, &next, err)) {
		return false;
	}
	uuid_v7(id, desk_now(desk));
	json_set_text(body, "evidence", id);
	json_set_int(body, "n", next);
	json_set_int(body, "bytes", 0);
	json_set_text(body, "hash", "");
	json_set_text(body, "kept", EVIDENCE_ITEM);
	*n = (int)next;
	return true;
}

bool
evidence_add_item(struct desk *desk, const char *case_id, const struct item_new *what,
	int *n, struct error *err)
{
	struct ir_case c = { 0 };
	struct json *body;
	bool ok;

	if (!desk_may(desk, ACT_EVIDENCE, err) || !change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	ok = case_load(&c, desk, case_id, err) && put_name(body, what, err) &&
		put_place(body, what, err) && put_note(body, desk, what, err) &&
		put_number(body, desk, case_id, n, err);
	case_clear(&c);
	if (ok) {
		change_add(desk, "evidence_added", case_id, body);
	} else {
		json_free(body);
	}
	return change_end(desk, ok, err);
}
