/* things.c owns the list of columns that rows of the watch have: the schema in
 * core's terms, one line a column, with its type and whether people's words stand
 * in it (t text, T text or NULL, i integer, I integer or NULL, d a due time). */
#include "core/thing.h"

#include <string.h>

#define TIN_COLUMNS(X) \
	X(tin, case_id, T, 0) X(tin, number, t, 1) X(tin, year, i, 0) \
	X(tin, serial, i, 0) X(tin, drill, i, 0) X(tin, unit_kind, t, 0) \
	X(tin, unit, t, 0) X(tin, unit_name, t, 1) X(tin, caller, t, 1) X(tin, post, t, 1) \
	X(tin, callback, t, 1) X(tin, channel, t, 0) X(tin, verified_at, I, 0) \
	X(tin, verified_by, t, 0) X(tin, reported_at, I, 0) X(tin, detected_at, I, 0) \
	X(tin, what, t, 1) X(tin, kind, t, 0) X(tin, asset, t, 0) X(tin, broken, t, 0) \
	X(tin, done, t, 0) X(tin, secret, t, 0) X(tin, reply_by, d, 0) \
	X(tin, replies, i, 0) X(tin, replied_at, I, 0) X(tin, replied_how, t, 1) \
	X(tin, state, t, 0) X(tin, reason, t, 1) X(tin, handler_id, T, 0) \
	X(tin, help_role, t, 0) X(tin, result, t, 1) X(tin, by_name, t, 0) \
	X(tin, ended_at, I, 0) X(tin, over_told_at, I, 0) X(tin, over_told_by, t, 0) \
	X(tin, over_told_how, t, 1) X(tin, note, t, 1)
#define PHONE_CALL_COLUMNS(X) \
	X(phone_call, n, i, 0) X(phone_call, message_id, t, 0) X(phone_call, role, t, 0) \
	X(phone_call, to_kind, t, 0) X(phone_call, to_id, t, 0) \
	X(phone_call, to_name, t, 1) X(phone_call, number, t, 0) \
	X(phone_call, called_at, I, 0) X(phone_call, outcome, t, 0) \
	X(phone_call, answered_by, t, 1) X(phone_call, result, t, 1) \
	X(phone_call, caller_id, t, 0)
#define CONFIRMATION_COLUMNS(X) \
	X(confirmation, message_id, t, 0) X(confirmation, ref_kind, t, 0) \
	X(confirmation, ref, t, 0) X(confirmation, name, t, 1) X(confirmation, state, t, 0) \
	X(confirmation, at, I, 0) X(confirmation, by_name, t, 1) \
	X(confirmation, note, t, 1)
#define WAITING_COLUMNS(X) \
	X(waiting, n, i, 0) X(waiting, role, t, 0) X(waiting, name, t, 1) \
	X(waiting, what, t, 1) X(waiting, ticket, t, 1) X(waiting, promised_at, d, 0) \
	X(waiting, typed, t, 0) X(waiting, asked, i, 0) X(waiting, asked_at, I, 0) \
	X(waiting, next_ask_at, d, 0) X(waiting, raised, i, 0) X(waiting, raised_to, t, 1) \
	X(waiting, raise_after, t, 0) X(waiting, raise_at, d, 0) X(waiting, state, t, 0) \
	X(waiting, result, t, 1) \
	X(waiting, instance, t, 0) X(waiting, owner_id, T, 0) X(waiting, created_at, I, 0) \
	X(waiting, ended_at, I, 0)
#define ASKING_COLUMNS(X) \
	X(asking, waiting_id, t, 0) X(asking, at, I, 0) X(asking, by_name, t, 0) \
	X(asking, whom, t, 1) X(asking, channel, t, 0) X(asking, text, t, 1) \
	X(asking, promised_at, d, 0) X(asking, raised, i, 0)
#define DECISION_COLUMNS(X) \
	X(decision, n, i, 0) X(decision, question, t, 1) X(decision, role, t, 0) \
	X(decision, name, t, 1) X(decision, channel, t, 0) X(decision, asked_by, T, 0) \
	X(decision, asked_at, I, 0) X(decision, until_at, d, 0) X(decision, options, t, 0) \
	X(decision, state, t, 0) \
	X(decision, answer, t, 1) X(decision, reason, t, 1) X(decision, answered_by, t, 1) \
	X(decision, answered_at, I, 0) X(decision, fallback, t, 1) \
	X(decision, authority, t, 0) \
	X(decision, fallback_by, t, 0) X(decision, fallback_at, I, 0) \
	X(decision, doc_number, t, 1) X(decision, doc_date, t, 0) \
	X(decision, instance, t, 0) X(decision, tries, i, 0) X(decision, ended_at, I, 0)
#define POINT_COLUMNS(X) \
	X(point, n, i, 0) X(point, list, t, 0) X(point, ref_kind, t, 0) X(point, ref, t, 0) \
	X(point, name, t, 1) X(point, name_key, t, 0) X(point, area, t, 0) \
	X(point, carrier, t, 0) X(point, state, t, 0) X(point, since, I, 0) \
	X(point, reserve, t, 1) X(point, reserve_at, I, 0) X(point, told_at, I, 0) \
	X(point, told_how, t, 0) X(point, confirmed_by, t, 1) X(point, confirmed_at, I, 0) \
	X(point, person, t, 1) X(point, back_at, I, 0) X(point, down_since, I, 0) \
	X(point, down_ms, i, 0) X(point, down_from, I, 0) X(point, ticked_at, I, 0) \
	X(point, ticked_by, t, 0) \
	X(point, over_told_at, I, 0) X(point, over_told_how, t, 0) X(point, cells, t, 1) \
	X(point, note, t, 1)
#define DEADLINE_COLUMNS(X) \
	X(deadline, n, i, 0) X(deadline, rule, t, 0) X(deadline, form, t, 0) \
	X(deadline, title, t, 1) X(deadline, title_en, t, 1) X(deadline, behalf, t, 0) \
	X(deadline, recipient, t, 0) X(deadline, start_event, t, 0) \
	X(deadline, start_at, I, 0) X(deadline, span, t, 0) X(deadline, due_at, d, 0) \
	X(deadline, typed, t, 0) X(deadline, state, t, 0) X(deadline, met_at, I, 0) \
	X(deadline, notice_id, T, 0) X(deadline, reason, t, 1) \
	X(deadline, decided_by, t, 0) X(deadline, source, t, 0) \
	X(deadline, condition, t, 0) X(deadline, lawful, i, 0)
#define NOTICE_COLUMNS(X) \
	X(notice, n, i, 0) X(notice, form, t, 0) X(notice, deadline_id, T, 0) \
	X(notice, register, t, 0) X(notice, number, t, 1) X(notice, doc_date, t, 0) \
	X(notice, to_role, t, 0) X(notice, to_name, t, 1) X(notice, channel, t, 0) \
	X(notice, made_at, I, 0) X(notice, sent_at, I, 0) X(notice, sent_by, t, 0) \
	X(notice, approved_by, t, 1) \
	X(notice, confirmed_at, I, 0) X(notice, confirmed_by, t, 1) \
	X(notice, next_at, d, 0) X(notice, head, t, 0) X(notice, text, t, 1) \
	X(notice, state, t, 0)
#define COUNTDOWN_COLUMNS(X) \
	X(countdown, n, i, 0) X(countdown, variable, t, 0) X(countdown, label, t, 1) \
	X(countdown, minutes, i, 0) X(countdown, read_at, I, 0) X(countdown, ends_at, d, 0) \
	X(countdown, instance, t, 0) X(countdown, asset_id, T, 0) X(countdown, state, t, 0) \
	X(countdown, stopped_at, I, 0) X(countdown, stopped_by, t, 0) \
	X(countdown, reason, t, 1)
#define HOLIDAY_COLUMNS(X) \
	X(holiday, day, t, 0) X(holiday, name, t, 1) X(holiday, kind, t, 0) \
	X(holiday, source, t, 0) X(holiday, origin, t, 0)
#define OBLIGATION_COLUMNS(X) \
	X(obligation, rule, t, 0) X(obligation, title, t, 1) X(obligation, title_en, t, 0) \
	X(obligation, period, t, 0) X(obligation, label, t, 0) X(obligation, due_at, d, 0) \
	X(obligation, remind_at, d, 0) \
	X(obligation, recipient, t, 0) X(obligation, channel, t, 0) \
	X(obligation, result, t, 0) X(obligation, description, t, 1) \
	X(obligation, done_at, I, 0) X(obligation, done_by, t, 0) \
	X(obligation, source, t, 0)
#define SHIFT_ENTRY_COLUMNS(X) \
	X(shift_entry, n, i, 0) X(shift_entry, at, I, 0) \
	X(shift_entry, noted_at, I, 0) X(shift_entry, kind, t, 0) \
	X(shift_entry, text, t, 1) X(shift_entry, by_id, t, 0) \
	X(shift_entry, by_name, t, 1) X(shift_entry, asset_id, T, 0)
#define HANDOVER_COLUMNS(X) \
	X(handover, n, i, 0) X(handover, giver_id, t, 0) X(handover, giver, t, 1) \
	X(handover, taker_id, T, 0) X(handover, taker, t, 1) X(handover, from_at, I, 0) \
	X(handover, words, t, 1) X(handover, state, t, 0) \
	X(handover, given_at, I, 0) X(handover, taken_at, I, 0) X(handover, sheet, t, 1) \
	X(handover, head, t, 0) X(handover, head_seq, i, 0) \
	X(handover, withdrawn_at, I, 0) X(handover, withdrawn_by, t, 0) \
	X(handover, reason, t, 1)
#define PLANNED_WORK_COLUMNS(X) \
	X(planned_work, n, i, 0) X(planned_work, asset_id, t, 0) \
	X(planned_work, what, t, 1) X(planned_work, from_at, I, 0) \
	X(planned_work, to_at, I, 0) X(planned_work, by_name, t, 1) \
	X(planned_work, state, t, 0) X(planned_work, note, t, 1)
#define HOLD_COLUMNS(X) \
	X(hold, n, i, 0) X(hold, asset_id, T, 0) X(hold, body, t, 1) \
	X(hold, doc_number, t, 1) X(hold, doc_date, t, 0) X(hold, what, t, 1) \
	X(hold, placed_at, I, 0) X(hold, placed_by, t, 0) X(hold, released_at, I, 0) \
	X(hold, released_by, t, 0) X(hold, release_doc, t, 1) X(hold, state, t, 0)
#define CUSTODY_COLUMNS(X) \
	X(custody, n, i, 0) X(custody, evidence_id, t, 0) X(custody, given_by, t, 1) \
	X(custody, given_post, t, 0) X(custody, taken_by, t, 1) \
	X(custody, taken_post, t, 0) X(custody, taken_body, t, 1) X(custody, place, t, 1) \
	X(custody, at, I, 0) X(custody, reason, t, 1) X(custody, doc_number, t, 0) \
	X(custody, note, t, 1)
#define DUTY_LAYER_COLUMNS(X) \
	X(duty_layer, code, t, 0) X(duty_layer, name, t, 1) X(duty_layer, name_en, t, 0) \
	X(duty_layer, position, i, 0) X(duty_layer, needed, i, 0) \
	X(duty_layer, counted, i, 0) X(duty_layer, state, t, 0)
#define DUTY_ROTA_COLUMNS(X) \
	X(duty_rota, n, i, 0) X(duty_rota, layer, t, 0) X(duty_rota, name, t, 1) \
	X(duty_rota, type, t, 0) X(duty_rota, every, i, 0) X(duty_rota, start, t, 0) \
	X(duty_rota, zone, t, 0) X(duty_rota, days, t, 0) X(duty_rota, from_clock, i, 0) \
	X(duty_rota, to_clock, i, 0) X(duty_rota, people, t, 0) \
	X(duty_rota, from_day, t, 0) X(duty_rota, to_day, t, 0) X(duty_rota, state, t, 0) \
	X(duty_rota, reason, t, 1)
#define DUTY_OVERRIDE_COLUMNS(X) \
	X(duty_override, n, i, 0) X(duty_override, layer, t, 0) \
	X(duty_override, kind, t, 0) X(duty_override, member_id, T, 0) \
	X(duty_override, other_id, T, 0) X(duty_override, from_at, I, 0) \
	X(duty_override, to_at, I, 0) X(duty_override, reason, t, 1) \
	X(duty_override, state, t, 0) X(duty_override, by_name, t, 0) \
	X(duty_override, swap_id, T, 0)
#define DUTY_SPELL_COLUMNS(X) \
	X(duty_spell, n, i, 0) X(duty_spell, layer, t, 0) X(duty_spell, name, t, 1) \
	X(duty_spell, from_at, I, 0) X(duty_spell, to_at, I, 0) \
	X(duty_spell, shifts, t, 0) X(duty_spell, state, t, 0) \
	X(duty_spell, source, t, 1) X(duty_spell, by_name, t, 0)
#define DUTY_SWAP_COLUMNS(X) \
	X(duty_swap, n, i, 0) X(duty_swap, layer, t, 0) X(duty_swap, asker_id, t, 0) \
	X(duty_swap, other_id, t, 0) X(duty_swap, from_at, I, 0) \
	X(duty_swap, to_at, I, 0) X(duty_swap, back_layer, t, 0) \
	X(duty_swap, back_from_at, I, 0) X(duty_swap, back_to_at, I, 0) \
	X(duty_swap, state, t, 0) X(duty_swap, asked_at, I, 0) \
	X(duty_swap, answered_at, I, 0) X(duty_swap, reason, t, 1)
#define ABSENCE_COLUMNS(X) \
	X(absence, n, i, 0) X(absence, member_id, t, 0) X(absence, from_at, I, 0) \
	X(absence, to_at, I, 0) X(absence, reason, t, 1) X(absence, state, t, 0) \
	X(absence, by_name, t, 0)
#define RAISED_WATCH_COLUMNS(X) \
	X(raised_watch, n, i, 0) X(raised_watch, name, t, 1) X(raised_watch, kind, t, 0) \
	X(raised_watch, from_at, I, 0) X(raised_watch, to_at, I, 0) \
	X(raised_watch, extra, t, 0) X(raised_watch, state, t, 0) \
	X(raised_watch, source, t, 1) X(raised_watch, by_name, t, 0)
#define DUTY_PAST_COLUMNS(X) \
	X(duty_past, layer, t, 0) X(duty_past, member_id, t, 0) \
	X(duty_past, from_at, I, 0) X(duty_past, to_at, I, 0)
#define MEMBER_WISH_COLUMNS(X) \
	X(member_wish, member_id, t, 0) X(member_wish, name, t, 0) \
	X(member_wish, value, t, 0)
#define ESCALATION_COLUMNS(X) \
	X(escalation, n, i, 0) X(escalation, subject, t, 0) X(escalation, ref, t, 0) \
	X(escalation, title, t, 1) X(escalation, policy, t, 0) X(escalation, plan, t, 0) \
	X(escalation, severity, i, 0) X(escalation, state, t, 0) \
	X(escalation, at_step, i, 0) X(escalation, round, i, 0) \
	X(escalation, next_at, d, 0) X(escalation, last_at, I, 0) \
	X(escalation, started_at, I, 0) X(escalation, ended_at, I, 0) \
	X(escalation, ack_by, T, 0) X(escalation, ack_at, I, 0) \
	X(escalation, ack_until, d, 0) X(escalation, reason, t, 1)
#define CALL_TURN_COLUMNS(X) \
	X(call_turn, escalation_id, t, 0) X(call_turn, at_step, i, 0) \
	X(call_turn, round, i, 0) X(call_turn, member_id, t, 0) X(call_turn, why, t, 0) \
	X(call_turn, at, I, 0) X(call_turn, answer, t, 0) X(call_turn, answered_at, I, 0) \
	X(call_turn, channel, t, 0) X(call_turn, proof, t, 1) X(call_turn, skipped, t, 1)

#define TYPE_t "t"
#define TYPE_T "t"
#define TYPE_i "i"
#define TYPE_I "i"
#define TYPE_d "i"
#define STATEMENT(table, column, type, words) \
	SQL(table##_##column, TYPE_##type "t", \
		"UPDATE " #table " SET " #column " = $1 WHERE id = $2");
#define ROW(table, column, type, words) { #column, #type[0], words, &table##_##column },
#define THING(table, COLUMNS) \
	SQL(table##_insert, "tt", \
		"INSERT INTO " #table " (id, case_id) VALUES ($1, $2)"); \
	SQL(table##_remove, "t", "DELETE FROM " #table " WHERE id = $1"); \
	COLUMNS(STATEMENT) \
	static const struct thing_column table##_columns[] = { COLUMNS(ROW) { 0 } }

THING(tin, TIN_COLUMNS);
THING(phone_call, PHONE_CALL_COLUMNS);
THING(confirmation, CONFIRMATION_COLUMNS);
THING(waiting, WAITING_COLUMNS);
THING(asking, ASKING_COLUMNS);
THING(decision, DECISION_COLUMNS);
THING(point, POINT_COLUMNS);
THING(deadline, DEADLINE_COLUMNS);
THING(notice, NOTICE_COLUMNS);
THING(countdown, COUNTDOWN_COLUMNS);
THING(holiday, HOLIDAY_COLUMNS);
THING(obligation, OBLIGATION_COLUMNS);
THING(shift_entry, SHIFT_ENTRY_COLUMNS);
THING(handover, HANDOVER_COLUMNS);
THING(planned_work, PLANNED_WORK_COLUMNS);
THING(hold, HOLD_COLUMNS);
THING(custody, CUSTODY_COLUMNS);
THING(duty_layer, DUTY_LAYER_COLUMNS);
THING(duty_rota, DUTY_ROTA_COLUMNS);
THING(duty_override, DUTY_OVERRIDE_COLUMNS);
THING(duty_spell, DUTY_SPELL_COLUMNS);
THING(duty_swap, DUTY_SWAP_COLUMNS);
THING(absence, ABSENCE_COLUMNS);
THING(raised_watch, RAISED_WATCH_COLUMNS);
THING(duty_past, DUTY_PAST_COLUMNS);
THING(member_wish, MEMBER_WISH_COLUMNS);
THING(escalation, ESCALATION_COLUMNS);
THING(call_turn, CALL_TURN_COLUMNS);

#define ENTRY(table) { #table, &table##_insert, &table##_remove, table##_columns }
const struct thing things[] = {
	ENTRY(tin),
	ENTRY(phone_call),
	ENTRY(confirmation),
	ENTRY(waiting),
	ENTRY(asking),
	ENTRY(decision),
	ENTRY(point),
	ENTRY(deadline),
	ENTRY(notice),
	ENTRY(countdown),
	ENTRY(holiday),
	ENTRY(obligation),
	ENTRY(shift_entry),
	ENTRY(handover),
	ENTRY(planned_work),
	ENTRY(hold),
	ENTRY(custody),
	ENTRY(duty_layer),
	ENTRY(duty_rota),
	ENTRY(duty_override),
	ENTRY(duty_spell),
	ENTRY(duty_swap),
	ENTRY(absence),
	ENTRY(raised_watch),
	ENTRY(duty_past),
	ENTRY(member_wish),
	ENTRY(escalation),
	ENTRY(call_turn),
	{ 0 },
};

const struct thing *
thing_of(const char *name)
{
	for (const struct thing *thing = things; name != NULL && thing->name != NULL; thing++) {
		if (strcmp(thing->name, name) == 0) {
			return thing;
		}
	}
	return NULL;
}

const struct thing_column *
thing_column(const struct thing *thing, const char *name)
{
	for (const struct thing_column *column = thing->columns; column->name != NULL; column++) {
		if (strcmp(column->name, name) == 0) {
			return column;
		}
	}
	return NULL;
}
