/* player_answers.h - who answers that he cannot do a step gives it back: at the
 * beginning of each program that takes answers. */
#ifndef PLAYBOOKS_PLAYER_ANSWERS_H
#define PLAYBOOKS_PLAYER_ANSWERS_H

void player_answers(void);

#endif
