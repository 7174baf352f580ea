/* md_build.c makes a playbook of CACAO from a model: ids, agents, questions, what the
 * whole plan says. */
#include "playbooks/md_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/ids.h"
#include "core/mem.h"

/* Of those that write plans by hand. */
#define AUTHOR "identity/plan-author"
#define ABOUT_EXTENSION "What a response team needs on a step and CACAO has no word " \
	"for: why, cost, the lines to do, proof, lead and support, decisions with a " \
	"fall-back, check-lists, countdowns, and for each question the value that counts " \
	"when the answer is not known."

/* As the shipped plans are numbered: an agent with a role has one id everywhere. */
void
md_id(char out[MD_ID], const char *type, const char *words)
{
	char *text = xasprintf("suco-plan:%s", words);
	char hash[HASH_SIZE];

	hash_bytes(hash, text, strlen(text));
	hash[12] = '4';
	hash[16] = "89ab"[(hash[16] <= '9' ? hash[16] - '0' : hash[16] - 'a' + 10) & 3];
	(void)snprintf(out, MD_ID, "%.30s--%.8s-%.4s-%.4s-%.4s-%.12s", type, hash, hash + 8,
		hash + 12, hash + 16, hash + 20);
	free(text);
}

const char *
md_agent(struct md_building *b, const char *name)
{
	const char *type = "group";
	const char *role = NULL;
	struct json *agent;
	char *words;
	char id[MD_ID];

	for (const struct json *row = json_first(json_get(b->model, "roles")); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text_of(row, "name"), name) == 0) {
			type = json_text_of(row, "type");
			role = json_get_text(row, "role");
		}
	}
	words = role != NULL ? xasprintf("role/%s", role) : xasprintf("agent/%s", name);
	md_id(id, type, words);
	free(words);
	if (json_get(b->agents, id) == NULL) {
		agent = json_object();
		json_set_text(agent, "type", type);
		json_set_text(agent, "name", name);
		json_set(b->agents, id, agent);
		if (role != NULL) {
			json_set_text(b->roles, id, role);
		}
	}
	return json_key(json_get(b->agents, id));
}

/* ---- questions ---- */

static bool
same_ask(const struct json *a, const struct json *b)
{
	struct json *left = json_copy(a);
	struct json *right = json_copy(b);
	bool same;

	json_remove(left, "line");
	json_remove(right, "line");
	same = json_equal(left, right);
	json_free(left);
	json_free(right);
	return same;
}

static void
collect_asks(struct md_building *b, const struct json *asks)
{
	for (const struct json *row = json_first(asks); row != NULL; row = json_next(row)) {
		char *name = md_ask_name(row);
		const struct json *is = json_get(b->asks, name);

		if (json_get(row, "type") == NULL) {
			free(name);
			continue;
		}
		if (is == NULL) {
			json_set(b->asks, name, json_copy(row));
		} else if (!same_ask(is, row)) {
			md_fault(b->faults, (int)json_get_int(row, "line", 0),
				_("asked otherwise in line %d: ask the same, or by another name"),
				(int)json_get_int(is, "line", 0));
		}
		free(name);
	}
}

static void
collect_of_steps(struct md_building *b, const struct json *steps)
{
	for (const struct json *step = json_first(steps); step != NULL;
			step = json_next(step)) {
		collect_asks(b, json_get(step, "asks"));
		for (const struct json *row = json_first(json_get(step, "branches"));
				row != NULL; row = json_next(row)) {
			collect_of_steps(b, json_get(row, "steps"));
		}
	}
}

/* A question without its type is one that stands whole elsewhere. */
static void
check_bare_asks(struct md_building *b, const struct json *asks)
{
	for (const struct json *ask = json_first(asks); ask != NULL; ask = json_next(ask)) {
		char *name = md_ask_name(ask);

		if (json_get(b->asks, name) == NULL) {
			md_fault(b->faults, (int)json_get_int(ask, "line", 0),
				_("say in brackets what is wanted: (number), (yes/no), (text), "
				"(one of: a, b, c)"));
		}
		free(name);
	}
}

static void
check_bare(struct md_building *b, const struct json *steps)
{
	for (const struct json *step = json_first(steps); step != NULL;
			step = json_next(step)) {
		check_bare_asks(b, json_get(step, "asks"));
		for (const struct json *row = json_first(json_get(step, "branches"));
				row != NULL; row = json_next(row)) {
			check_bare(b, json_get(row, "steps"));
		}
	}
}

static bool
is_external(const struct md_building *b, const char *name)
{
	bool is = false;

	for (const struct json *row = json_first(json_get(b->model, "asks")); row != NULL;
			row = json_next(row)) {
		char *asked = md_ask_name(row);

		is = is || strcmp(asked, name) == 0;
		free(asked);
	}
	return is;
}

static void
build_variables(struct md_building *b, struct json *doc, struct json *questions)
{
	static const char *const keys[] = { "choices", "unit", "min", "max", "unknown" };
	struct json *variables = json_object();

	for (const struct json *row = json_first(b->asks); row != NULL; row = json_next(row)) {
		struct json *variable = json_object();
		struct json *question = json_object();

		json_set_text(variable, "type", json_text_of(row, "type"));
		json_set_text(variable, "description", json_text_of(row, "label"));
		if (json_get(row, "value") != NULL) {
			json_set_text(variable, "value", json_text_of(row, "value"));
		}
		if (is_external(b, json_key(row))) {
			json_set_bool(variable, "external", true);
		}
		json_set_text(question, "question", json_text_of(row, "label"));
		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
			if (json_get(row, keys[i]) != NULL) {
				json_set(question, keys[i], json_copy(json_get(row, keys[i])));
			}
		}
		json_set(variables, json_key(row), variable);
		json_set(questions, json_key(row), question);
	}
	if (json_count(variables) > 0) {
		json_set(doc, "playbook_variables", variables);
	} else {
		json_free(variables);
	}
}

/* ---- the whole plan ---- */

static struct json *
list_of(const char *text)
{
	struct json *list = json_array();

	json_push(list, json_string(text));
	return list;
}

static void
build_summary(const struct md_building *b, struct json *doc)
{
	const struct {
		const char *name;
		bool is;
	} rows[] = {
		{ "manual_playbook", true }, { "external_playbooks", b->calls },
		{ "parallel_processing", b->parallels }, { "if_logic", b->ifs },
		{ "while_logic", b->whiles }, { "switch_logic", b->switches },
		{ "temporal_logic", b->times }, { "data_markings", false },
		{ "digital_signatures", false }, { "countersigned_signatures", false },
		{ "extensions", true },
	};
	struct json *summary = json_object();

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		json_set_bool(summary, rows[i].name, rows[i].is);
	}
	json_set(doc, "playbook_processing_summary", summary);
}

static struct json *
extension_definition(const char *author)
{
	struct json *all = json_object();
	struct json *o = json_object();

	json_set_text(o, "type", "extension-definition");
	json_set_text(o, "name", "suco-step");
	json_set_text(o, "description", ABOUT_EXTENSION);
	json_set_text(o, "created_by", author);
	json_set_text(o, "schema", "https://suco.example/schema/suco-step.schema.json");
	json_set_text(o, "version", "1.0.0");
	json_set(all, SUCO_EXTENSION, o);
	return all;
}

/* As the shipped plans say it beside the word. */
static const char *
status_text(const char *status, const char *language)
{
	bool en = strcmp(language, "en") == 0;

	return strcmp(status, "draft") != 0 ? md_enum_say("status", status, language)
		: en ? "draft, not approved" : "dự thảo, chưa phê duyệt";
}

static struct json *
playbook_ext_of(struct md_building *b, struct json *questions)
{
	static const char *const keys[] = { "code", "kind", "assets", "starts_when" };
	const char *status = json_get_text(b->model, "status");
	struct json *ext = json_object();

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (json_get(b->model, keys[i]) != NULL) {
			json_set(ext, keys[i], json_copy(json_get(b->model, keys[i])));
		}
	}
	status = status != NULL ? status : "draft";
	json_set_text(ext, "status", status);
	json_set_text(ext, "status_text", status_text(status, b->language));
	json_set_text(ext, "language", b->language);
	if (json_count(b->roles) > 0) {
		json_set(ext, "roles", json_copy(b->roles));
	}
	if (json_count(questions) > 0) {
		json_set(ext, "variables", questions);
	} else {
		json_free(questions);
	}
	return ext;
}

static void
build_head(struct md_building *b, struct json *doc)
{
	const struct json *base = b->source->base;
	const char *about = json_get_text(b->model, "description");
	const char *author = json_get_text(base, "created_by");
	const char *created = json_get_text(base, "created");
	char identity[MD_ID], stamp[MD_STAMP];

	md_id(identity, "identity", AUTHOR);
	md_stamp(stamp, b->source->now);
	json_set_text(doc, "type", "playbook");
	json_set_text(doc, "spec_version", "cacao-2.0");
	json_set_text(doc, "id", b->id);
	json_set_text(doc, "name", json_text_of(b->model, "title"));
	if (about != NULL) {
		json_set_text(doc, "description", about);
	}
	if (b->actions > 0) {
		json_set(doc, "playbook_types", list_of(b->type));
		json_set(doc, "playbook_activities", list_of(b->activity));
	}
	build_summary(b, doc);
	json_set_text(doc, "created_by", author != NULL ? author : identity);
	json_set_text(doc, "created", created != NULL ? created : stamp);
	json_set_text(doc, "modified", created != NULL && strcmp(created, stamp) > 0
		? created : stamp);
	json_set(doc, "extension_definitions",
		extension_definition(author != NULL ? author : identity));
}

static void
build_flow(struct md_building *b, struct json *doc)
{
	const struct json *exception = json_get(b->model, "exception");
	struct json *start = json_object();
	char first[MD_ID], id[MD_ID];
	char *words = xasprintf("%s/start", b->id);

	for (const struct json *row = json_first(json_get(b->model, "roles")); row != NULL;
			row = json_next(row)) {
		(void)md_agent(b, json_text_of(row, "name"));
	}
	for (const struct json *row = json_first(json_get(b->model, "asks")); row != NULL;
			row = json_next(row)) {
		char *name = md_ask_name(row);

		json_set_bool(b->asked, name, true);
		free(name);
	}
	md_id(id, "start", words);
	free(words);
	md_sequence(b, first, json_get(b->model, "steps"), "steps");
	json_set_text(start, "type", "start");
	json_set_text(start, "on_completion", first);
	json_set(b->workflow, id, start);
	json_set_text(doc, "workflow_start", id);
	if (exception != NULL) {
		md_sequence(b, first, exception, "exception");
		json_set_text(doc, "workflow_exception", first);
	}
}

static void
choose_types(struct md_building *b)
{
	const char *kind = json_text_of(b->model, "kind");
	bool attack = strcmp(kind, "attack") == 0;

	b->type = attack ? "mitigation" : "remediation";
	b->activity = attack ? "eliminate-risk" : "restore-capabilities";
}

struct json *
md_build(struct json **lines, const struct json *model, const struct md_source *source,
	struct md_faults *faults)
{
	struct md_building b = {
		.model = model, .source = source, .faults = faults,
		.language = json_text_of(model, "language"),
		.asks = json_object(), .asked = json_object(), .agents = json_object(),
		.roles = json_object(), .workflow = json_object(), .lines = json_object(),
		.seen = json_object(),
	};
	const char *before = json_get_text(source->base, "id");
	char *words = xasprintf("playbook/%s", json_text_of(model, "title"));
	struct json *doc = json_object();
	struct json *questions = json_object();
	struct json *ext = json_object();

	md_id(b.id, "playbook", words);
	if (before != NULL && strlen(before) < MD_ID) {
		(void)snprintf(b.id, sizeof b.id, "%s", before);
	}
	free(words);
	choose_types(&b);
	collect_asks(&b, json_get(model, "asks"));
	collect_of_steps(&b, json_get(model, "steps"));
	collect_of_steps(&b, json_get(model, "exception"));
	check_bare_asks(&b, json_get(model, "asks"));
	check_bare(&b, json_get(model, "steps"));
	check_bare(&b, json_get(model, "exception"));
	build_flow(&b, doc);
	build_head(&b, doc);
	build_variables(&b, doc, questions);
	json_set(doc, "workflow", b.workflow);
	json_set(ext, SUCO_EXTENSION, playbook_ext_of(&b, questions));
	json_set(doc, "playbook_extensions", ext);
	md_where_plan(b.lines, model, b.asks, b.agents);
	if (json_count(b.agents) > 0) {
		json_set(doc, "agent_definitions", b.agents);
	} else {
		json_free(b.agents);
	}
	json_free(b.asks);
	json_free(b.asked);
	json_free(b.roles);
	json_free(b.seen);
	*lines = b.lines;
	return doc;
}
