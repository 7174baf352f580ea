/* depends.c says how sure a dependency is and what stands by. */
#include "tui/depends.h"

#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"

static const char *
standby_of(const struct json *row)
{
	const char *text = json_text(json_get(row, "standby_text"), "");
	const char *word = json_text(json_get(row, "standby"), "");

	return text[0] != '\0' ? text : strcmp(word, "yes") == 0 ? _("yes")
		: strcmp(word, "no") == 0 ? _("none") : _("unknown");
}

char *
depends_text(const struct json *row)
{
	const char *owner = json_text(json_get(row, "owner"), "");
	const char *phone = json_text(json_get(row, "owner_phone"), "");
	int64_t users = json_get_int(row, "users", 0);
	struct buf out = { 0 };

	buf_addf(&out, "%s; %s: %s", json_get_bool(row, "assumed") ? _("ASSUMED")
		: _("documented"), _("standby"), standby_of(row));
	if (users > 0) {
		buf_addf(&out, _("; users: %lld"), (long long)users);
	}
	if (owner[0] != '\0' || phone[0] != '\0') {
		buf_addf(&out, _("; owner: %s%s%s"), owner, owner[0] != '\0' && phone[0] != '\0'
			? " " : "", phone[0] != '\0' ? phone : _(", NO NUMBER"));
	}
	return buf_take(&out);
}
