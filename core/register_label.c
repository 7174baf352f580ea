/* register_label.c owns how the words of the register and of rules are said to
 * people; what a field takes stays the word. */
#include "core/register_label.h"

#include <string.h>

#include "core/i18n.h"
#include "core/words.h"

static const struct {
	const char *field;
	enum word_list of_thing; /* of a thing's own field; WORDS_COUNT: none */
	enum word_list inside;   /* of a condition of a rule */
} fields[] = {
	{ "kind", WORDS_REGISTER_KIND, WORDS_KIND },
	{ "kinds", WORDS_KIND, WORDS_KIND },
	{ "state", WORDS_ASSET_STATE, WORDS_ASSET_STATE },
	{ "family", WORDS_RULE_FAMILY, WORDS_COUNT },
	{ "class", WORDS_CONTACT_CLASS, WORDS_CONTACT_CLASS },
	{ "status", WORDS_COUNT, WORDS_STATUS },
	{ "reportable", WORDS_COUNT, WORDS_REPORTABLE },
};

const char *
register_word(const char *field, bool inside, const char *word)
{
	for (size_t i = 0; field != NULL && i < sizeof fields / sizeof *fields; i++) {
		enum word_list list = inside ? fields[i].inside : fields[i].of_thing;

		if (strcmp(fields[i].field, field) == 0 && list != WORDS_COUNT) {
			return word_label(list, word);
		}
	}
	return word;
}
