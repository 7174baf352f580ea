/* watch.c says whether a member's messages are also shown on his desktop. */
#include "core/watch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/files.h"

SQL(DESKTOP_WANTED, "t",
	"SELECT COUNT(*) FROM address WHERE owner = $1 AND channel = 'desktop'"
	" AND value = 'yes'");

bool
watch_wanted(struct desk *desk)
{
	struct error ignored;
	int64_t count = 0;

	return !desk_is_demo(desk) && !desk_readonly(desk) &&
		db_one_int(desk_db(desk), &DESKTOP_WANTED, &count, &ignored,
			TXT(desk_actor(desk)->id)) && count > 0;
}

bool
watch_session(void)
{
	const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	char *path;
	bool there;

	if (address != NULL && address[0] != '\0') {
		return true;
	}
	if (runtime == NULL || runtime[0] != '/') {
		return false;
	}
	path = path_join(runtime, "bus");
	there = access(path, R_OK | W_OK) == 0;
	free(path);
	return there;
}
