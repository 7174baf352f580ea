/* Any bytes as a plan in Markdown: refused by line, or read into a playbook that the
 * strict check takes; written back and read again it is the same. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "playbooks/md.h"
#include "playbooks/plan_diff.h"

static char *
id_of(void *arg, const char *said, const char *language)
{
	(void)arg;
	(void)language;
	return strcmp(said, "PA-PC") == 0
		? xstrdup("playbook--c6e7b188-acc1-4d65-85d3-3550b565065a") : NULL;
}

static char *
name_of(void *arg, const char *id)
{
	(void)arg;
	return strcmp(id, "playbook--c6e7b188-acc1-4d65-85d3-3550b565065a") == 0
		? xstrdup("PA-PC") : NULL;
}

static const struct md_names names = { .id_of = id_of, .name_of = name_of };

static struct playbook *
playbook_of(const struct json *doc)
{
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	char *text = json_pretty(doc);

	MUST(playbook_read(&playbook, text, strlen(text), PLAYBOOK_STRICT, NULL, &err));
	free(text);
	return playbook;
}

/* What is not said again is named. */
static void
write_back(const struct json *doc)
{
	struct playbook *playbook = playbook_of(doc);
	char *text = md_text(playbook, &names);
	struct json *losses = md_losses(playbook, text, &names);
	const struct md_source source = { .base = doc, .names = &names };
	struct md_faults faults = { 0 };
	struct json *again = NULL;

	MUST(text_valid_utf8(text, strlen(text)));
	if (md_playbook(&again, &faults, text, strlen(text), &source)) {
		struct playbook *other = playbook_of(again);
		struct plan_diff diff;

		plan_diff(&diff, playbook, other, true);
		MUST((diff.count == 0) == (json_count(losses) == 0));
		plan_diff_finish(&diff);
		playbook_free(other);
	} else {
		MUST(json_count(losses) > 0);
	}
	md_faults_finish(&faults);
	json_free(again);
	json_free(losses);
	free(text);
	playbook_free(playbook);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct md_source source = { .names = &names, .now = 1 };
	struct md_faults faults = { 0 };
	struct json *doc = NULL;

	if (md_playbook(&doc, &faults, (const char *)data, size, &source)) {
		MUST(faults.count == 0);
		write_back(doc);
		json_free(doc);
	} else {
		MUST(faults.count > 0);
	}
	for (int i = 0; i < faults.count; i++) {
		MUST(text_valid_utf8(faults.list[i].text, strlen(faults.list[i].text)));
	}
	md_faults_finish(&faults);
	return 0;
}
