/* call_scene.h - a desk whose people have addresses, a policy that calls lan, then
 * nam, then the coordinators, and an engine on it; for the tests of calling. */
#ifndef TESTS_CORE_CALL_SCENE_H
#define TESTS_CORE_CALL_SCENE_H

#include "tests/core/empty_desk.h"
#include "tests/fixture.h"

#include "core/answer.h"
#include "core/case_open.h"
#include "core/change.h"
#include "core/escalate.h"
#include "core/escalation.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/rule.h"
#include "core/timeline.h"

#define MINUTE INT64_C(60000)

struct call_scene {
	struct fixture f;
	struct desk *engine;
	struct escalate_report report;
	int64_t next_at;
	char case_id[UUID_SIZE];
	struct escalation e; /* the case's last, as of scene_read() */
	struct call_turns turns;
};

void scene_rule(struct call_scene *s, const char *code, const char *text);
void scene_member(struct call_scene *s, const char *login, const char *text);
void scene_start(struct call_scene *s);
/* Chain and replay must be whole. */
void scene_stop(struct call_scene *s);
/* Rounds until nothing is to be done at this moment. */
void scene_round(struct call_scene *s);
void scene_later(struct call_scene *s, int64_t minutes);
void scene_case(struct call_scene *s);
/* The last escalation of the case. */
void scene_read(struct call_scene *s);
/* Who was called, in order: "lan nam -minh", a minus before who was not. */
const char *scene_called(struct call_scene *s);
/* How many lines of the case's timeline have these words. */
int scene_says(struct call_scene *s, const char *words);
/* What he answers to the last message that called him. */
enum answer_end scene_answer(struct call_scene *s, const char *login,
	enum answer_what answer, const char *to);

#endif
