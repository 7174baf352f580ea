/* point_field.c owns the table of a place's fields and the words for states. */
#include "core/point_field.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/words.h"

const struct point_field_row point_fields[PF_COUNT] = {
	[PF_NAME] = { "name", N_("UNIT"),
		"name|point|place|commune|machine|ten|ten don vi|don vi|diem|xa|xa phuong"
		"|ten xa|dia diem|may", PFT_TEXT, true },
	[PF_STATE] = { "state", N_("STATE"), "state|status|tinh trang|trang thai",
		PFT_STATE, true },
	[PF_SINCE] = { "since", N_("SINCE"),
		"since|from|tu|tu gio|tu luc|gio mat|luc mat", PFT_TIME, true },
	[PF_RESERVE] = { "reserve", N_("RESERVE"),
		"reserve|reserve path|du phong|duong du phong", PFT_TEXT, true },
	[PF_RESERVE_AT] = { "reserve_at", N_("RESERVE SINCE"),
		"reserve at|switched at|gio chuyen|chuyen luc", PFT_TIME, true },
	[PF_TOLD] = { "told", N_("TOLD BY"), "told by|bao qua", PFT_TEXT, true },
	[PF_TOLD_AT] = { "told_at", N_("TOLD"), "told|told at|da bao|bao luc|gio bao",
		PFT_TIME, true },
	[PF_CONFIRMED_BY] = { "confirmed_by", N_("CONFIRMED BY"),
		"confirmed by|confirmed|reported by|xac nhan|nguoi xac nhan|nguoi bao",
		PFT_TEXT, true },
	[PF_CONFIRMED_AT] = { "confirmed_at", N_("CONFIRMED"),
		"confirmed at|gio xac nhan|xac nhan luc", PFT_TIME, true },
	[PF_PERSON] = { "person", N_("PERSON THERE"),
		"person|person there|contact|nguoi|nguoi tai xa|nguoi tai cho|dau moi",
		PFT_TEXT, true },
	[PF_BACK_AT] = { "back_at", N_("BACK AT"),
		"back at|back|back on main path at|gio thong|thong luc|thong lai luc"
		"|gio ve duong chinh|gio co lai", PFT_TIME, true },
	[PF_CARRIER] = { "carrier", N_("CARRIER"),
		"carrier|operator|nha mang|doanh nghiep|doanh nghiep vien thong", PFT_TEXT,
		true },
	[PF_AREA] = { "area", N_("OLD PROVINCE"), "area|tinh cu|dia ban|khu vuc", PFT_TEXT,
		true },
	[PF_NOTE] = { "note", N_("NOTE"), "note|notes|ghi chu|noi dung", PFT_TEXT, true },
	[PF_OVER_TOLD] = { "over_told", N_("TOLD IT IS OVER BY"), "over told",
		PFT_TEXT, true },
	[PF_OVER_TOLD_AT] = { "over_told_at", N_("TOLD IT IS OVER"),
		"over told at|told again|da bao lai|bao lai luc", PFT_TIME, true },
	[PF_UNIT] = { "unit", N_("UNIT CODE"), "unit|code|ma|ma don vi", PFT_TEXT, true },
	[PF_ASSET] = { "asset", N_("SYSTEM"), "asset|system|he thong|ma he thong", PFT_TEXT,
		true },
	[PF_NUMBER] = { "n", N_("NO."), "n|no|nr|stt|tt|so thu tu", PFT_TEXT, false },
};

enum point_field
point_field_named(const char *name)
{
	for (int i = 0; i < PF_COUNT; i++) {
		if (point_fields[i].settable && strcmp(point_fields[i].name, name) == 0) {
			return (enum point_field)i;
		}
	}
	return PF_COUNT;
}

/* Is word one of "a|b|c"? */
static bool
one_of(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; len > 0 && (at = strstr(at, word)) != NULL; at += len) {
		if ((at == list || at[-1] == '|') && (at[len] == '|' || at[len] == '\0')) {
			return true;
		}
	}
	return false;
}

enum point_field
point_field_of(const char *heading)
{
	struct buf folded = { 0 };
	enum point_field found = PF_COUNT;

	(void)fold_words(heading, NULL, &folded);
	for (int i = 0; i < PF_COUNT && found == PF_COUNT; i++) {
		if (one_of(point_fields[i].headings, buf_text(&folded))) {
			found = (enum point_field)i;
		}
	}
	buf_free(&folded);
	return found;
}

static const struct {
	const char *state;
	const char *typed;
} states[] = {
	{ "down", "down|mat|mat ket noi|mat mang|ngung|khong ket noi|no link" },
	{ "power_out", "power out|mat dien|mat dien tai xa|no power|without power" },
	{ "reserve", "reserve|on reserve|du phong|chay du phong|da chuyen du phong" },
	{ "slow", "slow|cham|chap chon" },
	{ "back", "back|up|ok|thong|da thong|thong lai|co lai|khoi phuc|da khoi phuc|tot"
		"|binh thuong" },
	{ "unknown", "unknown|not known|chua ro|khong ro" },
};

static bool
not_a_state(const char *typed, struct error *err)
{
	struct buf all = { 0 };

	for (const struct word *row = words_of(WORDS_POINT_STATE); row->word != NULL; row++) {
		buf_addf(&all, "%s%s (%s)", all.len > 0 ? ", " : "", row->word, Q_(row->label));
	}
	(void)error_set(err, ERR_BAD_INPUT, _("\"%.60s\" is no state of a point: %s"), typed,
		buf_text(&all));
	buf_free(&all);
	return false;
}

bool
point_state_of(const char **out, const char *typed, struct error *err)
{
	struct buf folded = { 0 };

	*out = strcmp(typed, "?") == 0 ? "unknown" : NULL;
	(void)fold_words(typed, NULL, &folded);
	for (size_t i = 0; i < sizeof states / sizeof *states && *out == NULL; i++) {
		if (one_of(states[i].typed, buf_text(&folded))) {
			*out = states[i].state;
		}
	}
	buf_free(&folded);
	return *out != NULL || not_a_state(typed, err);
}
