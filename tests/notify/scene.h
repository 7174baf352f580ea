/* scene.h - a desk, a case, a member with an address, and a delivery whose
 * channel the test plays under a clock that it moves. */
#ifndef TESTS_NOTIFY_SCENE_H
#define TESTS_NOTIFY_SCENE_H

#include "core/outbox.h"
#include "notify/deliver.h"
#include "tests/fixture.h"
#include "tests/notify/fake_channel.h"

struct scene {
	struct fixture f;
	struct fake *fake;
	struct deliver *deliver;
	struct deliver_report report;
	char case_id[UUID_SIZE];
	char message[UUID_SIZE]; /* the last that was queued */
};

void scene_begin(struct scene *s);
/* Chain and replay must be whole. */
void scene_end(struct scene *s);
/* Rounds until nothing moves at this moment. */
void scene_rounds(struct scene *s);

/* Another engine on a desk, with a channel of its own. */
struct deliver *scene_delivery(struct desk *desk, struct fake *fake);
/* Retries without spread: exactly ten minutes. */
uint32_t scene_random(void *arg);

/* A message to the member lan, or to somebody; s->message is its id. */
void scene_queue(struct scene *s);
void scene_queue_to(struct scene *s, const char *kind, const char *id,
	const char *template);
/* As given, to the member lan where nobody is named, with values that every
 * template can use where none are; last ends the transaction, and then s->message
 * is its id. */
void scene_put(struct scene *s, const struct message_new *what, bool last);
void scene_round(struct scene *s);
/* Many in one transaction; last ends it. */
void scene_queue_quick(struct scene *s, bool last);
/* Keeps the first message's id: for outbox_each(). */
bool scene_keep_id(const struct message *m, void *arg);
void scene_check(struct scene *s, const char *state);

#endif
