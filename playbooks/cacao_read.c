/* cacao_read.c owns struct playbook: reading the text, running the checks,
 * and what others may ask of a playbook. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "playbooks/cacao_graph.h"

static void (*const checks[])(const struct playbook *, struct findings *) = {
	cacao_check_document,
	cacao_check_markings,
	cacao_check_parts,
	cacao_check_ids,
	cacao_check_steps,
	cacao_check_commands,
	cacao_check_variables,
	cacao_check_agents,
	cacao_check_extension,
	cacao_check_words,
	cacao_check_flow,
};

static bool
first_error(const struct findings *findings, struct error *err)
{
	for (int i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->list[i];

		if (finding->level == FINDING_ERROR) {
			return error_cause(err, ERR_BAD_INPUT, finding->path, "%s: %s%s%s",
				finding->path, finding->text,
				finding->right[0] == '\0' ? "" : "; ", finding->right);
		}
	}
	return true;
}

static bool
is_control(const unsigned char *p)
{
	if (p[0] == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F) {
		return true; /* C1 */
	}
	return (p[0] < 0x20 && p[0] != '\n' && p[0] != '\t' && p[0] != '\r')
		|| p[0] == 0x7F;
}

static bool
has_control(const char *text)
{
	for (const char *p = text; p != NULL && *p != '\0'; p++) {
		if (is_control((const unsigned char *)p)) {
			return true;
		}
	}
	return false;
}

/* The bytes of a document that was read: a control character stands in it as DEL,
 * as C1 or as an escape, or not at all. */
static bool
may_have_control(const char *text, size_t len)
{
	static const char begins[] = { 0x7F, (char)0xC2, '\\' };
	const char *end = text + len;

	for (size_t i = 0; i < sizeof begins; i++) {
		for (const char *p = text; (p = memchr(p, begins[i], (size_t)(end - p))) != NULL;
				p += 2) {
			if (begins[i] == '\\' ? strchr("ubf", p[1]) != NULL
					: is_control((const unsigned char *)p)) {
				return true;
			}
		}
	}
	return false;
}

static void
find_controls(const struct json *value, const char *path, struct findings *findings)
{
	char at[FINDING_PATH];
	int index = 0;

	if (has_control(json_text(value, NULL))) {
		finding_add(findings, RULE_CONTROL, path,
			_("control characters in the text"));
	}
	for (const struct json *child = json_first(value); child != NULL;
			child = json_next(child)) {
		const char *key = json_key(child);

		if (key != NULL) {
			path_key(at, path, key);
			if (has_control(key)) {
				finding_add(findings, RULE_CONTROL, at,
					_("control characters in a name"));
			}
		} else {
			path_index(at, path, index++);
		}
		find_controls(child, at, findings);
	}
}

/* Terminal escapes in names and texts would be drawn; the depth of the
 * document is bounded by the JSON door.  Where there are none no path is made. */
static void
check_controls(const struct json *doc, const char *text, size_t len,
	struct findings *findings)
{
	if (may_have_control(text, len)) {
		find_controls(doc, "", findings);
	}
}

static void
read_variables(struct playbook *playbook)
{
	const struct json *all = json_get(playbook->doc, "playbook_variables");
	const struct json *questions = json_get(playbook->ext, "variables");

	for (const struct json *json = json_first(all);
			json != NULL && json_is(all, JSON_OBJECT); json = json_next(json)) {
		playbook->variables = xrealloc(playbook->variables,
			((size_t)playbook->variable_count + 1)
				* sizeof *playbook->variables);
		cacao_variable(&playbook->variables[playbook->variable_count++],
			json, questions);
	}
}

/* The step that a property of the playbook names, if the workflow has it. */
static int
named_step(const struct playbook *playbook, const char *property)
{
	const char *id = json_get_text(playbook->doc, property);
	int index = id == NULL ? NO_STEP : playbook_find_step(playbook, id);

	return index != NO_STEP && playbook->steps[index].type == STEP_MISSING
		? NO_STEP : index;
}

static void
read_graph(struct playbook *playbook, struct findings *findings)
{
	playbook->ext = json_get(json_get(playbook->doc, "playbook_extensions"),
		SUCO_EXTENSION);
	playbook->workflow = json_get(playbook->doc, "workflow");
	read_variables(playbook);
	cacao_compile(playbook, findings);
	playbook->start = named_step(playbook, "workflow_start");
	playbook->exception = named_step(playbook, "workflow_exception");
	cacao_order(playbook, findings);
}

/* The door to JSON says "/path: what"; a finding keeps the path by itself. */
static void
add_unreadable(struct findings *findings, const char *message)
{
	const char *end = message[0] == '/' ? strstr(message, ": ") : NULL;
	char path[FINDING_PATH] = "";

	if (end != NULL && (size_t)(end - message) < sizeof path) {
		memcpy(path, message, (size_t)(end - message));
		path[end - message] = '\0';
		message = end + 2;
	}
	finding_add(findings, RULE_UNREADABLE, path, "%s", message);
}

/* Of version 1 nothing but its name is told: all else differs too. */
static bool
is_old(const struct json *doc, struct findings *findings)
{
	const char *version = cacao_old_version(doc);

	if (version == NULL) {
		return false;
	}
	finding_add(findings, 2, "/spec_version", _("this playbook is of CACAO %s, and"
		" cacao-2.0 is run; `suco playbook convert` makes it so as far as that is"
		" certain"), version);
	return true;
}

static bool
read_document(struct playbook *playbook, const char *text, size_t len,
	struct findings *findings, struct error *err)
{
	struct json_limits limits = {
		.bytes = limit(LIMIT_PLAYBOOK),
		.depth = (int)limit(LIMIT_PLAYBOOK_DEPTH),
	};

	if (!json_tree_read(&playbook->tree, text, len, &limits, err)) {
		add_unreadable(findings, err->message);
		return false;
	}
	playbook->doc = json_tree_root(playbook->tree);
	if (!json_is(playbook->doc, JSON_OBJECT)) {
		finding_add(findings, RULE_UNREADABLE, "",
			_("a playbook is a JSON object"));
		return first_error(findings, err);
	}
	if (findings->mode == PLAYBOOK_TRUSTED) {
		read_graph(playbook, findings);
		return first_error(findings, err);
	}
	if (is_old(playbook->doc, findings)) {
		return first_error(findings, err);
	}
	check_controls(playbook->doc, text, len, findings);
	read_graph(playbook, findings);
	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		checks[i](playbook, findings);
	}
	return first_error(findings, err);
}

static struct playbook *
new_playbook(void)
{
	struct playbook *playbook = xcalloc(1, sizeof *playbook);

	atomic_init(&playbook->references, 1);
	playbook->start = playbook->exception = NO_STEP;
	return playbook;
}

bool
playbook_read(struct playbook **out, const char *text, size_t len,
	enum playbook_mode mode, struct findings *found, struct error *err)
{
	struct playbook *playbook = new_playbook();
	struct findings own = { 0 };
	struct findings *findings = found != NULL ? found : &own;

	findings->mode = mode;
	bool ok = read_document(playbook, text, len, findings, err);
	findings_finish(&own);
	if (!ok) {
		playbook_free(playbook);
		return false;
	}
	hash_bytes(playbook->hash, text, len);
	*out = playbook;
	return true;
}

bool
findings_of(struct findings *findings, const char *text, size_t len)
{
	struct playbook *playbook = new_playbook();
	struct error err = ERROR_INIT;
	bool ok = read_document(playbook, text, len, findings, &err);

	playbook_free(playbook);
	return ok;
}

struct playbook *
playbook_share(struct playbook *playbook)
{
	(void)atomic_fetch_add(&playbook->references, 1);
	return playbook;
}

void
playbook_free(struct playbook *playbook)
{
	if (playbook == NULL || atomic_fetch_sub(&playbook->references, 1) > 1) {
		return;
	}
	for (int i = 0; i < playbook->step_count; i++) {
		condition_free(playbook->steps[i].condition);
		free(playbook->steps[i].branches);
		free(playbook->steps[i].asks);
		json_free(playbook->steps[i].commands);
	}
	free(playbook->steps);
	free(playbook->by_id);
	free(playbook->ordered);
	free(playbook->variables);
	json_tree_free(playbook->tree);
	free(playbook);
}

const struct json *
playbook_json(const struct playbook *playbook)
{
	return playbook->doc;
}

const struct json *
playbook_ext(const struct playbook *playbook)
{
	return playbook->ext;
}

const char *
playbook_text(const struct playbook *playbook, const char *name)
{
	return json_get_text(playbook->doc, name);
}

const char *
playbook_hash(const struct playbook *playbook)
{
	return playbook->hash;
}

const char *
playbook_code(const struct playbook *playbook)
{
	return json_get_text(playbook->ext, "code");
}

int
playbook_step_count(const struct playbook *playbook)
{
	return playbook->step_count;
}

const struct step *
playbook_step(const struct playbook *playbook, int index)
{
	return &playbook->steps[index];
}

static int
compare_names(const void *left, const void *right)
{
	const struct step_name *a = left;
	const struct step_name *b = right;

	return strcmp(a->id, b->id);
}

int
playbook_find_step(const struct playbook *playbook, const char *id)
{
	struct step_name wanted = { .id = id };

	if (playbook->step_count == 0) {
		return NO_STEP;
	}
	const struct step_name *found = bsearch(&wanted, playbook->by_id,
		(size_t)playbook->step_count, sizeof wanted, compare_names);

	return found == NULL ? NO_STEP : found->index;
}

int
playbook_start(const struct playbook *playbook)
{
	return playbook->start;
}

int
playbook_exception(const struct playbook *playbook)
{
	return playbook->exception;
}

int
playbook_ordered(const struct playbook *playbook, int place)
{
	return playbook->ordered[place];
}

int
playbook_variable_count(const struct playbook *playbook)
{
	return playbook->variable_count;
}

const struct variable *
playbook_variable(const struct playbook *playbook, int index)
{
	return &playbook->variables[index];
}

const struct variable *
playbook_find_variable(const struct playbook *playbook, const char *name)
{
	for (int i = 0; i < playbook->variable_count; i++) {
		if (strcmp(playbook->variables[i].name, name) == 0) {
			return &playbook->variables[i];
		}
	}
	return NULL;
}

const char *
playbook_agent_name(const struct playbook *playbook, const char *id)
{
	static const char *const dictionaries[] = {
		"agent_definitions", "target_definitions",
	};

	for (int i = 0; i < 2; i++) {
		const char *name = json_get_text(json_get(
			json_get(playbook->doc, dictionaries[i]), id), "name");

		if (name != NULL) {
			return name;
		}
	}
	return id;
}

const char *
playbook_agent_role(const struct playbook *playbook, const char *id)
{
	return json_get_text(json_get(playbook->ext, "roles"), id);
}
