/* validity.c owns whether a plan may be begun by its own dates. */
#include "playbooks/validity.h"

#include <string.h>
#include <time.h>

#include "core/i18n.h"
#include "core/mem.h"

#define TO_THE_SECOND (sizeof "2026-01-05T08:00:00" - 1)

char *
playbook_not_valid(const struct playbook *playbook, int64_t now)
{
	const char *from = playbook_text(playbook, "valid_from");
	const char *until = playbook_text(playbook, "valid_until");
	char at[32];
	time_t seconds = (time_t)(now / 1000);
	struct tm utc;

	if (json_get_bool(playbook_json(playbook), "revoked")) {
		return xasprintf(_("%s is revoked"), playbook_text(playbook, "name"));
	}
	/* All times of a playbook are UTC with Z, so their texts sort. */
	(void)gmtime_r(&seconds, &utc);
	(void)strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S", &utc);
	if (from != NULL && strncmp(at, from, TO_THE_SECOND) < 0) {
		return xasprintf(_("%s is valid from %.10s on only"),
			playbook_text(playbook, "name"), from);
	}
	if (until != NULL && strncmp(at, until, TO_THE_SECOND) >= 0) {
		return xasprintf(_("%s was valid until %.10s"),
			playbook_text(playbook, "name"), until);
	}
	return NULL;
}
