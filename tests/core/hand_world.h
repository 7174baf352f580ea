/* hand_world.h - a desk with contacts, rules that name them and a power case, for
 * the tests of what people tell by hand. */
#ifndef TESTS_CORE_HAND_WORLD_H
#define TESTS_CORE_HAND_WORLD_H

#include "tests/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/call.h"
#include "core/contact.h"
#include "core/rule.h"
#include "tests/core/empty_desk.h"

static inline void
contains(const char *text, const char *part)
{
	if (strstr(text, part) == NULL) {
		fail_msg("\"%s\" is not in: %s", part, text);
	}
}

static inline int64_t
newest(struct fixture *f)
{
	return strtoll(fixture_ask(f->path, "SELECT MAX(seq) FROM event"), NULL, 10);
}

static inline void
contact(struct fixture *f, const char *role, const char *fields)
{
	struct json *given = quoted_json(fields);
	struct error err = ERROR_INIT;

	CHECK_OK(contact_add(f->desk, role, given, &err), err);
	json_free(given);
}

static inline void
rule(struct fixture *f, const char *code, const char *fields)
{
	struct json *given = quoted_json(fields);
	struct error err = ERROR_INIT;

	CHECK_OK(rule_add(f->desk, code, given, &err), err);
	json_free(given);
}

/* Two suppliers, the police; rules in the order dien, police, coordinators. */
static inline void
world(struct fixture *f, char case_id[UUID_SIZE])
{
	fixture_file(f);
	contact(f, "dien", "{'name': 'Điện lực', 'class': 'body', 'phone': '0255111',"
		" 'mail': 'truc@dien.example'}");
	contact(f, "ncc", "{'name': 'Nhà cung cấp', 'class': 'body'}");
	contact(f, "ca", "{'name': 'Công an', 'class': 'police', 'phone': '0255113'}");
	rule(f, "r1", "{'family': 'contact', 'order': 10, 'when': {'kind': 'power'},"
		" 'then': {'propose': ['dien'], 'by_hand': ['ca']}, 'source': 'x'}");
	rule(f, "r2", "{'family': 'contact', 'order': 20, 'when': {},"
		" 'then': {'tell': ['role:coordinator'], 'propose': ['ncc']}, 'source': 'x'}");
	fixture_case(f, "Mất điện TTDL", case_id);
}

static inline struct call_done
call(struct fixture *f, const char *case_id, const char *to, const char *by,
	const char *said)
{
	struct call_done done = { 0 };
	struct error err = ERROR_INIT;

	CHECK_OK(call_add(f->desk, &(struct call_new){ .case_id = case_id, .to = to,
		.outcome = by != NULL ? "answered" : "no_answer", .answered_by = by,
		.result = said }, &done, &err), err);
	return done;
}

#endif
