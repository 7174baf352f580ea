/* mailbox_load.c loads suco-inbox.so when a mailbox is first asked: gmime and what it
 * brings along is 2 MB resident, which an engine without a mailbox does not owe. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/place.h"
#include "paths.h"
#include "serve/mailbox_part.h"

static const struct mailbox_part *part;

static bool
load(struct error *err)
{
	const struct mailbox_part *found;
	void *library;
	char *path;

	if (!place_program(&path, MAILBOX_FILE, err)) {
		return false;
	}
	library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	free(path);
	if (library == NULL) {
		return error_cause(err, ERR_UNAVAILABLE, dlerror(),
			_("the part that reads mail cannot be loaded"));
	}
	found = dlsym(library, MAILBOX_PART);
	if (found == NULL || strcmp(found->version, SUCO_VERSION) != 0) {
		(void)dlclose(library);
		return error_cause(err, ERR_UNAVAILABLE, _("it is of another version"),
			_("the part that reads mail cannot be loaded"));
	}
	part = found; /* stays: glib cannot be unloaded */
	return true;
}

bool
mailbox_start(struct error *err)
{
	if (part == NULL && !load(err)) {
		return false;
	}
	part->start();
	return true;
}

void
mailbox_end(void)
{
	part->end();
}

bool
mailbox_read(struct mail *out, const void *bytes, size_t len)
{
	return part->read(out, bytes, len);
}

void
mailbox_clear(struct mail *mail)
{
	part->clear(mail);
}
