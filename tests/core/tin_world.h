/* tin_world.h - communes of the register, for the tests of callers' reports. */
#ifndef TESTS_CORE_TIN_WORLD_H
#define TESTS_CORE_TIN_WORLD_H

#include "tests/fixture.h"

#include "core/change.h"
#include "core/contact.h"
#include "core/register.h"

static inline void
add_unit_of(struct fixture *f, const char *code, const char *name, const char *before)
{
	struct json *given = json_object();
	struct json *things = json_array();
	struct reg_tally tally = { 0 };
	struct json *body = json_object();
	struct json *by_kind = json_object();
	struct error err = ERROR_INIT;

	json_set_text(given, "name", name);
	json_set_text(given, "kind", "commune");
	if (before != NULL) {
		json_set_text(given, "aliases", before);
	}
	CHECK_OK(change_begin(f->desk, &err), err);
	CHECK_OK(reg_import(f->desk, &unit_kind, code, given, "$.units[0]", things, NULL,
		&tally, &err), err);
	json_set_text(body, "profile", "thử");
	json_set(by_kind, unit_kind.name, things);
	json_set(body, "things", by_kind);
	change_add(f->desk, REG_IMPORTED, NULL, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
	json_free(given);
}

static inline void
add_unit(struct fixture *f, const char *code, const char *name)
{
	add_unit_of(f, code, name, NULL);
}

#endif
