/* drive.c runs a fuzz target where libFuzzer is not: over the files and folders
 * it is given, and over mutations of each that are the same on every run.
 *
 * usage: target [-runs=N] FILE-OR-FOLDER...   (N mutations a file) */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "core/buf.h"
#include "core/mem.h"

#define LARGEST ((size_t)1 << 22)

static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* One to four small harms: a bit, a byte, a piece taken out or doubled. */
static void
mutate(struct buf *out, const struct buf *in, uint64_t *seed)
{
	uint64_t times = next_random(seed) % 4 + 1;

	buf_clear(out);
	buf_add(out, in->data, in->len);
	while (times-- > 0 && out->len > 0) {
		size_t at = next_random(seed) % out->len;
		size_t span = next_random(seed) % (out->len - at < 40 ?
			out->len - at : 40);

		switch (next_random(seed) % 5) {
		case 0:
			out->data[at] ^= (char)(1 << next_random(seed) % 8);
			break;
		case 1:
			out->data[at] = (char)next_random(seed);
			break;
		case 2:
			memmove(out->data + at, out->data + at + span,
				out->len - at - span);
			out->len -= span;
			break;
		case 3: {
			char *piece = xmalloc(span);

			memcpy(piece, out->data + at, span);
			buf_add(out, piece, span);
			free(piece);
			break;
		}
		default:
			out->len = at;
		}
	}
}

/* A copy of exactly its size, so that a sanitizer sees the byte behind it. */
static void
run(const struct buf *input)
{
	uint8_t *exact = xmalloc(input->len);

	if (input->len > 0) {
		memcpy(exact, input->data, input->len);
	}
	(void)LLVMFuzzerTestOneInput(exact, input->len);
	free(exact);
}

static void
run_file(const char *path, long runs)
{
	struct buf input = { 0 };
	struct buf harmed = { 0 };
	uint64_t seed = 88172645463325252;
	FILE *file = fopen(path, "rb");
	char piece[4096];
	size_t got;

	MUST(file != NULL);
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0 &&
		input.len < LARGEST) {
		buf_add(&input, piece, got);
	}
	MUST(fclose(file) == 0);
	run(&input);
	while (runs-- > 0) {
		mutate(&harmed, &input, &seed);
		run(&harmed);
	}
	buf_free(&input);
	buf_free(&harmed);
}

static void
run_path(const char *path, long runs)
{
	struct stat info;
	const struct dirent *entry;
	DIR *folder;

	MUST(stat(path, &info) == 0);
	if (!S_ISDIR(info.st_mode)) {
		run_file(path, runs);
		return;
	}
	folder = opendir(path);
	MUST(folder != NULL);
	while ((entry = readdir(folder)) != NULL) {
		char *inner;

		if (entry->d_name[0] == '.') {
			continue;
		}
		inner = xasprintf("%s/%s", path, entry->d_name);
		run_path(inner, runs);
		free(inner);
	}
	MUST(closedir(folder) == 0);
}

int
main(int argc, char **argv)
{
	static const struct buf nothing;
	long runs = 0;
	int i;

	run(&nothing);
	for (i = 1; i < argc; i++) {
		if (strncmp(argv[i], "-runs=", 6) == 0) {
			runs = strtol(argv[i] + 6, NULL, 10);
		} else {
			run_path(argv[i], runs);
		}
	}
	return 0;
}
