/* register_label.h - words of the register and of rules, as people read them. */
#ifndef CORE_REGISTER_LABEL_H
#define CORE_REGISTER_LABEL_H

#include <stdbool.h>

/* The translated label of a field's word; the word itself where it has none.  inside:
 * in a rule's condition, where "kind" is the case's. */
const char *register_word(const char *field, bool inside, const char *word);

#endif
