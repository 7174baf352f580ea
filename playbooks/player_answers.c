/* player_answers.c tells core how a step of a plan changes hands. */
#include "playbooks/player_answers.h"

#include "core/answer_step.h"
#include "playbooks/player.h"

static bool
give(struct desk *desk, const char *case_id, const char *instance_id, const char *login,
	struct error *err)
{
	return player_step(desk, case_id, instance_id, &(struct step_act){
		.action = RUN_ASSIGN, .assignee = login }, err);
}

void
player_answers(void)
{
	answer_steps_by(give);
}
