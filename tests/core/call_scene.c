/* call_scene.c makes the desk of the tests of calling, and moves its clock. */
#include "tests/core/call_scene.h"

void
scene_rule(struct call_scene *s, const char *code, const char *text)
{
	struct json *given = quoted_json(text);
	struct error err;

	CHECK_OK(rule_add(s->f.desk, code, given, &err), err);
	json_free(given);
}

void
scene_member(struct call_scene *s, const char *login, const char *text)
{
	struct json *given = quoted_json(text);
	struct error err;

	CHECK_OK(member_set(s->f.desk, login, given, &err), err);
	json_free(given);
}

void
scene_start(struct call_scene *s)
{
	*s = (struct call_scene){ 0 };
	fixture_file(&s->f);
	scene_member(s, "lan", "{'mail': 'lan@team.example'}");
	scene_member(s, "nam", "{'mail': 'nam@team.example'}");
	scene_member(s, "minh", "{'mail': 'minh@team.example'}");
	scene_rule(s, "call", "{'family': 'escalation', 'order': 10, 'source': 'test',"
		" 'when': {'subject': 'case'}, 'then': {'steps': ["
		"{'who': ['member:lan'], 'after': '5m'}, {'who': ['member:nam'], 'after': '5m'},"
		" {'who': ['role:coordinator'], 'after': '15m'}], 'ack_lasts': '30m',"
		" 'ask_again': '5m'}}");
	s->engine = fixture_open(&s->f, NULL);
}

static void
scene_forget(struct call_scene *s)
{
	escalation_clear(&s->e);
	call_turns_clear(&s->turns);
}

void
scene_stop(struct call_scene *s)
{
	scene_forget(s);
	fixture_whole(&s->f);
	desk_close(s->engine);
	fixture_end(&s->f);
}

/* Rounds until nothing is to be done at this moment. */
void
scene_round(struct call_scene *s)
{
	struct error err = ERROR_INIT;
	int rounds = 0;

	do {
		CHECK_OK(escalate_round(s->engine, &s->report, &s->next_at, &err), err);
		if (s->report.failed > 0) {
			fail_msg("%s (%s)", s->report.fault.message, s->report.fault.cause);
		}
	} while (s->next_at <= s->f.now && rounds++ < 20);
	CHECK(rounds < 20);
}

void
scene_later(struct call_scene *s, int64_t minutes)
{
	fixture_later(&s->f, minutes * MINUTE);
	scene_round(s);
}

void
scene_case(struct call_scene *s)
{
	fixture_case(&s->f, "Mất điện trạm chính", s->case_id);
	scene_round(s);
}

/* The last escalation of the case. */
void
scene_read(struct call_scene *s)
{
	struct escalation_list list;
	struct error err = ERROR_INIT;

	scene_forget(s);
	CHECK_OK(escalation_list(&list, s->f.desk, s->case_id, &err), err);
	CHECK(list.count > 0);
	s->e = list.all[--list.count];
	escalation_list_clear(&list);
	CHECK_OK(call_turns(&s->turns, s->f.desk, s->e.id, &err), err);
}

/* Who was called, in order: "lan nam -minh", a minus before who was not. */
const char *
scene_called(struct call_scene *s)
{
	static char out[400];
	size_t len = 0;

	scene_read(s);
	out[0] = '\0';
	for (int i = 0; i < s->turns.count; i++) {
		len += (size_t)snprintf(out + len, sizeof out - len, "%s%s%s", i > 0 ? " " : "",
			s->turns.all[i].skipped[0] != '\0' ? "-" : "", s->turns.all[i].login);
	}
	return out;
}

struct scene_line {
	const char *words;
	int found;
};

static bool
scene_look_at(const struct entry *entry, void *arg)
{
	struct scene_line *line = arg;
	struct zone *zone = NULL;
	struct error err;
	char *text;

	CHECK_OK(zone_load(&zone, "Asia/Ho_Chi_Minh", &err), err);
	text = timeline_text(entry, zone);
	line->found += strstr(text, line->words) != NULL;
	free(text);
	zone_free(zone);
	return true;
}

/* How many lines of the case's timeline have these words. */
int
scene_says(struct call_scene *s, const char *words)
{
	struct scene_line line = { .words = words };
	struct error err;

	CHECK_OK(timeline_each(s->f.desk, &(struct timeline_page){ .case_id = s->case_id },
		scene_look_at, &line, &err), err);
	return line.found;
}

struct of_him {
	const char *member, *escalation;
	char id[UUID_SIZE];
};

static bool
keep_his(const struct message *m, void *arg)
{
	struct of_him *him = arg;

	if (strcmp(m->to_id, him->member) != 0 || strcmp(m->escalation, him->escalation) != 0) {
		return true;
	}
	memcpy(him->id, m->id, UUID_SIZE);
	return false;
}

enum answer_end
scene_answer(struct call_scene *s, const char *login, enum answer_what answer,
	const char *to)
{
	char member[UUID_SIZE];
	struct of_him him = { .member = member };
	struct answer_done done;
	struct error err = ERROR_INIT;

	CHECK_OK(member_id(s->f.desk, login, member, &err), err);
	scene_read(s);
	him.escalation = s->e.id;
	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .case_id = s->case_id },
		keep_his, &him, &err), err);
	CHECK_OK(answer_message(s->engine, &(struct answer){ .message_id = him.id,
		.what = answer, .to = to, .channel = "link", .proof = "token 1" }, &done, &err),
		err);
	return done.end;
}
