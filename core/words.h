/* words.h - the closed word lists of CLI.md, each with its label for people.
 * Scripts see the word, people the translated label. */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

struct word {
	const char *word;
	const char *label; /* marked for translation */
};

enum word_list {
	WORDS_KIND, WORDS_STATUS, WORDS_SEVERITY, WORDS_TLP, WORDS_PAP,
	WORDS_REPORTABLE, WORDS_MESSAGE_STATE, WORDS_ASSET_STATE, WORDS_STEP_STATE,
	WORDS_CHANNEL, WORDS_TEMPLATE, WORDS_PLANNED, WORDS_SCENE, WORDS_ASK_CHANNEL,
	WORDS_RAISED_WATCH, WORDS_SWAP_STATE,
	WORDS_DECISION_STATE, WORDS_WAITING_STATE, WORDS_POINT_STATE,
	WORDS_RULE_FAMILY, WORDS_CONTACT_CLASS, WORDS_REGISTER_KIND, WORDS_ANSWER_WAY,
	WORDS_COUNT,
};

/* The list, ended by a row whose word is NULL. */
const struct word *words_of(enum word_list list);
bool word_known(enum word_list list, const char *word);
/* Translated; the word itself where it is not in the list. */
const char *word_label(enum word_list list, const char *word);
/* ERR_BAD_INPUT naming what it must be one of. */
/* The word of what people write: the word itself or its label, in English or the
 * language of the screen, without marks; else what was written. */
const char *word_meant(enum word_list list, const char *said);
bool word_check(enum word_list list, const char *what, const char *word,
	struct error *err);

/* A plan's variable as members write it: "co_dien" for "__co_dien__". */
struct bare_name {
	char text[256];
};
struct bare_name bare_name(const char *name);

#endif
