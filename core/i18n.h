/* i18n.h - the words of the program in the user's language.
 *
 * Sources are English; po/vi.po is complete.  _() translates now, N_() marks
 * a text in a table that is translated where it is shown.  One English word
 * that is two Vietnamese ones is written "where|word" and shown by Q_(). */
#ifndef CORE_I18N_H
#define CORE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)
#define Q_(text) i18n_word(text)

/* Chooses the language before the first gettext call: wanted ("vi", "en" or
 * NULL), else the environment where it names vi or en, else vi.  Falls back to
 * C.UTF-8 where the language's locale is not installed (DESIGN 13, tui.md).
 * localedir NULL: SUCO_DATA, the build tree, the prefix in turn.
 * Returns the two letters chosen. */
const char *i18n_start(const char *wanted, const char *localedir);

/* The translation of "where|word"; without one, what stands after the bar. */
const char *i18n_word(const char *text);

/* The two letters in force. */
const char *i18n_language(void);

/* Translates into a named language whatever is in force: text that leaves the
 * desk is in the recipient's language.  Not for more than one thread. */
const char *i18n_in(const char *language, const char *text);

#endif
