/* policy.c reads escalation policies: the rule that fits, and the plan that a row
 * keeps of it. */
#include "core/policy.h"

#include <string.h>

#include "core/i18n.h"
#include "core/rule.h"
#include "core/when.h"

#define MINUTE_MS INT64_C(60000)
#define ASK_AGAIN_MS (10 * MINUTE_MS)
#define BEFORE_MS (60 * MINUTE_MS)

void
policy_clear(struct policy *policy)
{
	json_free(policy->plan);
	*policy = (struct policy){ 0 };
}

static int64_t
span_of(const struct json *object, const char *key, int64_t otherwise)
{
	const char *text = json_get_text(object, key);
	struct error ignored = ERROR_INIT;
	int64_t ms = otherwise;

	return text != NULL && when_parse_span(&ms, text, &ignored) ? ms : otherwise;
}

static void
add_step(struct policy *p, const struct json *given)
{
	int64_t times = json_get_int(given, "repeat", 1);

	for (int64_t i = 0; i < times && p->count < POLICY_STEPS; i++) {
		p->steps[p->count++] = (struct policy_step){
			.who = json_get(given, "who"), .by = json_get(given, "by"),
			.after_ms = span_of(given, "after", 5 * MINUTE_MS),
			.on_site_ms = span_of(given, "on_site", 0) };
	}
}

static void
take(struct policy *p, struct json *plan)
{
	const struct json *then = json_get(plan, "then");

	*p = (struct policy){ .plan = plan, .code = json_text_of(plan, "policy"),
		.severity = (int)json_get_int(plan, "severity", 0),
		.rounds = json_get_int(then, "rounds", POLICY_FOR_EVER),
		.from_round = json_get_int(plan, "from_round", 1),
		.ack_lasts_ms = span_of(then, "ack_lasts", 0),
		.ask_again_ms = span_of(then, "ask_again", ASK_AGAIN_MS),
		.before_ms = span_of(then, "before", BEFORE_MS),
		.digest = json_get_bool(then, "digest") };
	for (const struct json *step = json_first(json_get(then, "steps")); step != NULL;
	     step = json_next(step)) {
		add_step(p, step);
	}
}

void
policy_begin_at(struct policy *policy, int64_t round)
{
	policy->from_round = round;
	json_set_int(policy->plan, "from_round", round);
}

bool
policy_read(struct policy *out, const char *plan, struct error *err)
{
	struct json *json = NULL;

	*out = (struct policy){ 0 };
	if (!json_parse(&json, plan, strlen(plan), NULL, err)) {
		return error_cause(err, ERR_IO, err->message,
			_("the plan of an escalation cannot be read"));
	}
	take(out, json);
	if (out->count == 0) {
		policy_clear(out);
		return error_set(err, ERR_IO, _("the plan of an escalation cannot be read"));
	}
	return true;
}

int64_t
policy_ack_lasts(const char *plan)
{
	struct policy policy;
	struct error ignored = ERROR_INIT;
	int64_t ms = 0;

	if (policy_read(&policy, plan, &ignored)) {
		ms = policy.ack_lasts_ms;
		policy_clear(&policy);
	}
	return ms;
}

bool
policy_choose(struct policy *out, struct desk *desk, const struct ir_case *c,
	const char *subject, struct error *err)
{
	struct json *facts = NULL;
	struct json *rule = NULL;
	struct json *plan;
	bool ok;

	*out = (struct policy){ 0 };
	if (!rule_facts_of(desk, c, &facts, err)) {
		return false;
	}
	json_set_text(facts, "subject", subject);
	ok = rule_first(desk, "escalation", facts, &rule, err);
	if (ok && rule != NULL) {
		plan = json_object();
		json_set_text(plan, "policy", json_text_of(rule, "code"));
		json_set_int(plan, "severity", case_severity(c));
		json_set_text(plan, "source", json_text_of(rule, "source"));
		json_set(plan, "then", json_copy(json_get(rule, "then")));
		take(out, plan);
	}
	json_free(rule);
	json_free(facts);
	return ok;
}

bool
policy_longest_before(struct desk *desk, int64_t *ms, struct error *err)
{
	struct json *rules = NULL;

	*ms = 0;
	if (!rule_list(desk, "escalation", &rules, err)) {
		return false;
	}
	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule)) {
		int64_t before = span_of(json_get(rule, "then"), "before", BEFORE_MS);

		if (json_get_bool(rule, "valid") && before > *ms) {
			*ms = before;
		}
	}
	json_free(rules);
	return true;
}
