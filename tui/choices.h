/* choices.h - words and labels that forms offer, read on the desk's thread. */
#ifndef TUI_CHOICES_H
#define TUI_CHOICES_H

#include "core/desk.h"

/* What a form's choices can be filled with. */
enum choices { CHOICES_MEMBERS, CHOICES_ASSETS, CHOICES_PLANS, CHOICES_TYPES,
	CHOICES_AGENTS /* whom a playbook's role may be */,
	CHOICES_GROUPS, CHOICES_CONTACTS, CHOICES_DEADLINES /* rules of clocks */,
	CHOICES_WATCH /* members, and the layers of the roster */, CHOICES_LAYERS };

struct choice_list {
	struct { char *word, *label, *also; } *items; /* also: or NULL */
	int count, cap;
};

bool choices_load(struct choice_list *out, struct desk *desk, enum choices which,
	struct error *err);
void choices_add(struct choice_list *list, const char *word, const char *label);
void choices_free(struct choice_list *list);

#endif
