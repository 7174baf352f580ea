/* build_tree.c owns the one look at where the running program lies. */
#include "core/build_tree.h"

#include <string.h>
#include <unistd.h>

#include "paths.h"

bool
in_build_tree(void)
{
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	if (len <= 0) {
		return false;
	}
	self[len] = '\0';
	return strncmp(self, SUCO_BUILD_DIR "/", sizeof SUCO_BUILD_DIR) == 0;
}
