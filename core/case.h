/* case.h - a case as it stands in its row, and finding it. */
#ifndef CORE_CASE_H
#define CORE_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

/* Texts are never NULL ("" where absent); times that may be absent are 0;
 * due_at is NO_DUE where nothing is due. */
struct ir_case {
	char id[UUID_SIZE];
	char number[24];
	bool drill;
	char *title;
	char kind[16];
	char *category;
	char status[16];
	bool is_open;
	int severity;           /* 0: undecided */
	int severity_suggested; /* 0: no rule fits */
	char *severity_rule;
	char asset_id[UUID_SIZE]; /* "" */
	char *asset_code;
	char *asset_name;
	char owner_id[UUID_SIZE]; /* "" */
	char *owner_login;
	char *owner_name;
	char *reporter;
	char tlp[16];
	char pap[16];
	char reportable[12];
	char personal_data[12];
	int64_t detected_at, occurred_at, opened_at, acknowledged_at, contained_at,
		recovered_at, closed_at;
	int64_t reportable_asked_at; /* when reportable was answered last, or asked first */
	int64_t personal_data_at;    /* when it became known that it is involved */
	int64_t beyond_capacity_at;  /* when it was found beyond the team's capacity */
	char merged_into[UUID_SIZE]; /* "" */
	char *cause, *result, *lessons;
	int64_t due_at;
	char *next_step;
	int next_n, steps_done, steps_total, open_tasks;
	int64_t events, last_at, version;
};

void case_clear(struct ir_case *c);

/* ERR_NOT_FOUND.  *out is cleared by the caller in every case. */
bool case_load(struct ir_case *out, struct desk *desk, const char *id,
	struct error *err);

/* CASE of CLI.md: 2026-0042, 2026-42, 42 (this year's, else the newest year
 * that has it), D-2026-0003, or the UUID. */
bool case_find(struct ir_case *out, struct desk *desk, const char *spec,
	struct error *err);

/* ERR_REFUSED for a case that is closed, dismissed or merged. */
bool case_must_be_open(const struct ir_case *c, struct error *err);

/* The severity that counts for order and rules: decided, else suggested, else 0. */
int case_severity(const struct ir_case *c);

/* Columns and row reader for the lists of other files; the columns need
 * CASE_FROM in the FROM clause (joins asset and owner). */
#define CASE_COLUMNS "c.id, c.number, c.drill, c.title, c.kind, c.category, c.status," \
	" c.is_open, c.severity, c.severity_suggested, c.severity_rule, c.asset_id," \
	" a.code, a.name, c.owner_id, m.login, m.name, c.reporter, c.tlp, c.pap," \
	" c.reportable, c.personal_data, c.detected_at, c.occurred_at, c.opened_at," \
	" c.acknowledged_at, c.contained_at, c.recovered_at, c.closed_at," \
	" c.merged_into, c.cause, c.result, c.lessons, c.due_at, c.next_step, c.next_n," \
	" c.steps_done, c.steps_total, c.open_tasks, c.events, c.last_at, c.version," \
	" c.reportable_asked_at, c.personal_data_at, c.beyond_capacity_at"
#define CASE_FROM " FROM cases c LEFT JOIN asset a ON a.id = c.asset_id" \
	" LEFT JOIN member m ON m.id = c.owner_id "
void case_from_row(struct ir_case *out, struct stmt *st);

#endif
