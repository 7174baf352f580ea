/* ways.c owns the choices of an operator who goes every way through a plan, and
 * what he may answer: all that its conditions tell apart. */
#include "tests/test.h"
#include "tests/playbooks/ways.h"

#include "core/mem.h"
#include "playbooks/value.h"

#define MOST_CHOICES 40
#define MOST_WORDS 24

/* Counted up like the figures of a number, the last one first. */
static struct way {
	int taken[MOST_CHOICES];
	int among[MOST_CHOICES];
	int count; /* of this walk so far */
	int fixed; /* the choices that are given; after them the first is taken */
} way;

void
first_way(void)
{
	way = (struct way){ 0 };
}

int
choose(int among)
{
	assert_true(way.count < MOST_CHOICES);
	int at = way.count++;

	way.taken[at] = at < way.fixed ? way.taken[at] : 0;
	way.among[at] = among;
	return way.taken[at];
}

bool
next_way(void)
{
	while (way.count > 0 && way.taken[way.count - 1] + 1 >= way.among[way.count - 1]) {
		way.count--;
	}
	if (way.count == 0) {
		return false;
	}
	way.taken[way.count - 1]++;
	way.fixed = way.count;
	way.count = 0;
	return true;
}

/* ---- what may be answered: what the conditions on a variable ask for, and more ---- */

struct words {
	char *list[MOST_WORDS];
	int count;
};

static void
add_word(struct words *words, const char *type, const char *text, size_t len)
{
	char *word = xstrndup(text, len);
	bool add = len > 0 && value_fits(type, word) && words->count < MOST_WORDS;

	for (int i = 0; i < words->count; i++) {
		add = add && strcmp(words->list[i], word) != 0;
	}
	if (add) {
		words->list[words->count++] = word;
	} else {
		free(word);
	}
}

/* Everything in a condition that may be a literal, quoted or bare. */
static void
add_condition(struct words *words, const char *type, const char *condition)
{
	for (const char *p = condition; *p != '\0';) {
		bool quoted = *p == '\'';
		size_t len = strcspn(p + quoted, quoted ? "'" : " ()'");

		if (strncmp(p, "__", 2) != 0) {
			add_word(words, type, p + quoted, len);
		}
		p += quoted + len;
		p += *p != '\0';
	}
}

static bool
reads(const char *text, const char *name)
{
	return text != NULL && strstr(text, name) != NULL;
}

/* The values of the conditions that read the variable and, of each type, one that
 * is none of them; a variable that nothing reads has that one alone. */
static struct words
words_for(const struct playbook *playbook, const char *name, const char *type)
{
	static const char *const others[] = { "something else", "true", "false", "0", "99",
		"192.0.2.7" };
	struct words words = { 0 };

	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);
		const char *condition = json_get_text(step->json, "condition");

		if (reads(condition, name)) {
			add_condition(&words, type, condition);
		}
		for (int b = 0; b < step->branch_count && reads(step->switch_on, name); b++) {
			const char *key = step->branches[b].key;

			add_word(&words, type, key, strlen(key));
		}
	}
	/* One text is as good as another; of numbers a small one and a large one. */
	size_t most = words.count == 0 || value_fits(type, others[0]) ? 1
		: sizeof others / sizeof others[0];
	for (size_t i = 0, added = 0; i < sizeof others / sizeof others[0]
			&& added < most; i++) {
		int before = words.count;

		add_word(&words, type, others[i], strlen(others[i]));
		added += words.count > before;
	}
	assert_true(words.count > 0 && words.count < MOST_WORDS);
	return words;
}

void
choose_answer(struct json *values, const struct playbook *playbook, const char *name,
	const char *type)
{
	struct words words = words_for(playbook, name, type);

	json_set_text(values, name, words.list[choose(words.count)]);
	for (int i = 0; i < words.count; i++) {
		free(words.list[i]);
	}
}
