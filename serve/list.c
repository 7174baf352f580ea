/* list.c tells of each channel whether it is set, up or down, when it last worked,
 * and who is reached by nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/when.h"
#include "serve/serve.h"

SQL(CHANNEL_STATE, "t",
	"SELECT state, since, last_ok_at, reply FROM local_channel WHERE name = $1");
SQL(MEMBERS_REACHED, "",
	"SELECT m.login, a.channel, a.value FROM member m"
	" LEFT JOIN address a ON a.owner = m.id AND a.value <> ''"
	" WHERE m.active = 1 ORDER BY m.login, a.channel");

struct row {
	const struct channel_type *type;
	bool set;
	char why[SEND_REPLY_SIZE];  /* not set, or set wrongly: why */
	char state[8];              /* up, down; "": nothing is known yet */
	int64_t since, ok_at;       /* 0: never */
	char reply[SEND_REPLY_SIZE];
	bool probed;
	struct send_result probe;
	int64_t took;
	struct json *only;          /* ours: logins */
};

struct listing {
	struct serve *serve;
	struct row rows[CHANNEL_TYPES_MOST];
	int count;
	struct json *nobody;        /* ours: logins that no channel reaches */
};

/* ---- one channel ---- */

static void
ask(struct row *row, struct channel *channel)
{
	int64_t begun = loop_steady();

	channel->type->probe(channel);
	while (!channel->type->result(channel, &row->probe)) {
		channel_wait(channel, 1000);
		channel->type->work(channel);
	}
	row->took = loop_steady() - begun;
	row->probed = true;
}

static void
look(struct listing *l, struct row *row)
{
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;

	if (desk_is_demo(l->serve->desk) && strcmp(row->type->name, "file") != 0) {
		(void)snprintf(row->why, sizeof row->why, "%s",
			_("a demo delivers to a local folder only"));
		return;
	}
	row->set = channel_open(&channel, l->serve, row->type->name, &err);
	if (!row->set) {
		(void)snprintf(row->why, sizeof row->why, "%.240s%s%.140s", err.message,
			err.cause[0] == '\0' ? "" : ": ", err.cause);
		return;
	}
	if (l->serve->list_probes && channel->type->probe != NULL) {
		ask(row, channel);
	}
	channel->type->close(channel); /* mail may be a folder */
}

static bool
read_state(struct listing *l, struct row *row, struct error *err)
{
	struct stmt *st = db_query(desk_db(l->serve->desk), &CHANNEL_STATE,
		TXT(row->type->name));

	if (stmt_row(st)) {
		(void)snprintf(row->state, sizeof row->state, "%s", stmt_text(st, 0));
		row->since = stmt_int(st, 1);
		row->ok_at = stmt_null(st, 2) ? 0 : stmt_int(st, 2);
		(void)snprintf(row->reply, sizeof row->reply, "%s", stmt_text(st, 3));
	}
	return stmt_done(st, err);
}

/* ---- who has only one ---- */

/* What one member is reached by, while the rows of the desk go by. */
struct reached {
	char login[64];
	int ways;
	struct row *last;
};

static void
close_member(struct listing *l, struct reached *m)
{
	if (m->login[0] == '\0') {
		return;
	}
	if (m->ways == 0) {
		json_push(l->nobody, json_string(m->login));
	} else if (m->ways == 1 && m->last != NULL) {
		json_push(m->last->only, json_string(m->login));
	}
}

/* A telephone's number serves two channels: that is two ways. */
static void
count_ways(struct listing *l, struct reached *m, const char *channel, const char *value)
{
	/* People write a number or a name there too; an account's user_id is long. */
	if (strcmp(channel, "zalo") == 0 && strspn(value, "0123456789") < 12) {
		return;
	}
	if (strcmp(channel, "desktop") == 0) {
		m->ways += strcmp(value, "yes") == 0;
		return;
	}
	for (int i = 0; i < l->count; i++) {
		struct row *row = &l->rows[i];

		if (row->set && strcmp(row->type->name, "file") != 0 &&
		    strcmp(address_kind(row->type->name), channel) == 0) {
			m->ways++;
			m->last = row;
		}
	}
}

static bool
read_members(struct listing *l, struct error *err)
{
	struct stmt *st = db_query(desk_db(l->serve->desk), &MEMBERS_REACHED, NOARGS);
	struct reached m = { .login = "" };

	while (stmt_row(st)) {
		if (strcmp(m.login, stmt_text(st, 0)) != 0) {
			close_member(l, &m);
			m = (struct reached){ .ways = 0 };
			(void)snprintf(m.login, sizeof m.login, "%s", stmt_text(st, 0));
		}
		if (!stmt_null(st, 1)) {
			count_ways(l, &m, stmt_text(st, 1), stmt_text(st, 2));
		}
	}
	close_member(l, &m);
	return stmt_done(st, err);
}

static bool
gather(struct listing *l, struct error *err)
{
	bool ok = true;

	l->nobody = json_array();
	for (; ok && channel_type_at(l->count) != NULL; l->count++) {
		struct row *row = &l->rows[l->count];

		row->type = channel_type_at(l->count);
		row->only = json_array();
		look(l, row);
		ok = read_state(l, row, err);
	}
	return ok && read_members(l, err);
}

static void
drop(struct listing *l)
{
	for (int i = 0; i < CHANNEL_TYPES_MOST; i++) {
		json_free(l->rows[i].only);
	}
	json_free(l->nobody);
}

/* ---- telling ---- */

static void
set_time(struct json *o, const char *key, int64_t at, const struct serve *serve)
{
	char text[WHEN_RFC3339_SIZE];

	if (at != 0) {
		when_rfc3339(text, at, desk_zone(serve->desk));
	}
	json_set_text(o, key, at == 0 ? NULL : text);
}

static struct json *
row_json(const struct listing *l, const struct row *row)
{
	struct json *o = json_object();

	json_set_text(o, "channel", row->type->name);
	json_set_bool(o, "configured", row->set);
	json_set_text(o, "why", row->set ? NULL : row->why);
	json_set_text(o, "state", row->state[0] == '\0' ? NULL : row->state);
	set_time(o, "since", row->since, l->serve);
	set_time(o, "last_ok_at", row->ok_at, l->serve);
	json_set_text(o, "reply", row->reply[0] == '\0' ? NULL : row->reply);
	if (row->probed) {
		struct json *probe = json_object();

		json_set_text(probe, "result", send_verdict_word(row->probe.verdict));
		json_set_text(probe, "reply", row->probe.reply);
		json_set_int(probe, "ms", row->took);
		json_set(o, "probe", probe);
	} else {
		json_set(o, "probe", json_null());
	}
	json_set(o, "only", json_copy(row->only));
	return o;
}

static void
print_json(const struct listing *l)
{
	struct json *o = json_object();
	struct json *rows = json_array();
	char *line;

	for (int i = 0; i < l->count; i++) {
		json_push(rows, row_json(l, &l->rows[i]));
	}
	json_set(o, "channels", rows);
	json_set(o, "unreached", json_copy(l->nobody));
	line = json_line(o);
	(void)puts(line);
	free(line);
	json_free(o);
}

static void
add_logins(struct buf *out, const struct json *logins)
{
	const struct json *login;

	for (login = json_first(logins); login != NULL; login = json_next(login)) {
		buf_addf(out, "%s%s", login == json_first(logins) ? "" : ", ",
			json_text(login, ""));
	}
}

static void
add_time(struct buf *out, const char *format, int64_t at, const struct serve *serve)
{
	char text[WHEN_SHORT_SIZE];

	when_near(text, at, desk_now(serve->desk), desk_zone(serve->desk));
	buf_addf(out, format, text);
}

static void
print_row(const struct listing *l, const struct row *row)
{
	struct buf line = { 0 };

	buf_addf(&line, "%-9s ", row->type->name);
	if (!row->set) {
		buf_adds(&line, row->why);
	} else if (row->state[0] == '\0') {
		buf_adds(&line, _("set; nothing was sent yet"));
	} else {
		add_time(&line, strcmp(row->state, "down") == 0 ? _("DOWN since %s")
			: _("up since %s"), row->since, l->serve);
		if (row->ok_at != 0) {
			add_time(&line, _("; last worked %s"), row->ok_at, l->serve);
		}
		if (row->reply[0] != '\0') {
			buf_addf(&line, ": %s", row->reply);
		}
	}
	if (row->probed) {
		buf_addf(&line, _("\n          asked now: %s in %lld ms: %s"),
			row->probe.verdict == SEND_HANDED_OVER ? _("it is there")
				: send_verdict_word(row->probe.verdict),
			(long long)row->took, row->probe.reply);
	}
	if (json_count(row->only) > 0) {
		buf_adds(&line, _("\n          reached by nothing else: "));
		add_logins(&line, row->only);
	}
	(void)puts(buf_text(&line));
	buf_free(&line);
}

bool
list_channels(struct serve *serve, struct error *err)
{
	struct listing l = { .serve = serve };
	bool ok = gather(&l, err);

	if (ok && serve->json) {
		print_json(&l);
	} else if (ok) {
		for (int i = 0; i < l.count; i++) {
			print_row(&l, &l.rows[i]);
		}
		/* A demo reaches nobody, and says so in every line. */
		if (json_count(l.nobody) > 0 && !desk_is_demo(serve->desk)) {
			struct buf line = { 0 };

			buf_adds(&line, _("no channel reaches: "));
			add_logins(&line, l.nobody);
			(void)puts(buf_text(&line));
			buf_free(&line);
		}
	}
	drop(&l);
	return ok;
}

void
list_warn(struct serve *serve)
{
	struct listing l = { .serve = serve };
	struct error err = ERROR_INIT;
	struct buf logins = { 0 };

	if (!desk_is_demo(serve->desk) && gather(&l, &err)) {
		for (int i = 0; i < l.count; i++) {
			if (strcmp(l.rows[i].type->name, "zalo") == 0) {
				add_logins(&logins, l.rows[i].only);
			}
		}
	}
	if (logins.len > 0) {
		serve_log(_("reached by Zalo alone, which takes a message only within 48 hours"
			" after they wrote: %s"), buf_text(&logins));
	}
	buf_free(&logins);
	drop(&l);
}
