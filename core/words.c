/* words.c owns the closed word lists. */
#include "core/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"

static const struct word kinds[] = {
	{ "hardware", N_("hardware fault") },
	{ "software", N_("software fault") },
	{ "attack", N_("cyber attack") },
	{ "link", N_("link loss") },
	{ "power", N_("power loss") },
	{ "other", N_("other") },
	{ 0 },
};

static const struct word statuses[] = {
	{ "new", N_("New") },
	{ "acknowledged", N_("Acknowledged") },
	{ "responding", N_("Responding") },
	{ "contained", N_("Contained") },
	{ "recovered", N_("Recovered") },
	{ "closed", N_("Closed") },
	{ "dismissed", N_("Dismissed") },
	{ "merged", N_("Merged") },
	{ 0 },
};

static const struct word severities[] = {
	{ "1", N_("low") },
	{ "2", N_("medium") },
	{ "3", N_("serious") },
	{ "4", N_("very serious") },
	{ 0 },
};

static const struct word tlps[] = {
	{ "clear", N_("CLEAR") },
	{ "green", N_("GREEN") },
	{ "amber", N_("AMBER") },
	{ "amber+strict", N_("AMBER+STRICT") },
	{ "red", N_("RED") },
	{ 0 },
};

static const struct word paps[] = {
	{ "clear", N_("CLEAR") },
	{ "green", N_("GREEN") },
	{ "amber", N_("AMBER") },
	{ "red", N_("RED") },
	{ 0 },
};

static const struct word reportables[] = {
	{ "unknown", N_("unknown") },
	{ "yes", N_("yes") },
	{ "no", N_("no") },
	{ 0 },
};

static const struct word message_states[] = {
	{ "queued", N_("queued") },
	{ "sending", N_("sending") },
	{ "handed_over", N_("handed over") },
	{ "delivered", N_("delivered") },
	{ "read", N_("message|read") },
	{ "answered", N_("answered") },
	{ "unknown", N_("unknown whether it arrived") },
	{ "held", N_("held") },
	{ "dropped", N_("dropped") },
	{ "expired", N_("expired") },
	{ "failed", N_("FAILED") },
	{ "by_hand", N_("by hand") },
	{ 0 },
};

static const struct word asset_states[] = {
	{ "normal", N_("normal") },
	{ "slow", N_("slow") },
	{ "no_standby", N_("running without standby") },
	{ "down", N_("system|down") },
	{ "maintenance", N_("maintenance") },
	{ "unknown", N_("state unknown") },
	{ 0 },
};

static const struct word step_states[] = {
	{ "waiting", N_("waiting") },
	{ "open", N_("step|open") },
	{ "started", N_("started") },
	{ "done", N_("done") },
	{ "failed", N_("step|failed") },
	{ "skipped", N_("not applicable") },
	{ "aborted", N_("aborted") },
	{ 0 },
};

/* By what a member's answer came. */
static const struct word answer_ways[] = {
	{ "tui", N_("on the screen") },
	{ "cli", N_("by command") },
	{ "desktop", N_("desktop") },
	{ "link", N_("by link") },
	{ "mail", N_("mail") },
	{ "telegram", N_("Telegram") },
	{ 0 },
};

static const struct word channels[] = {
	{ "mail", N_("mail") },
	{ "file", N_("file") },
	{ "desktop", N_("desktop") },
	{ "telegram", N_("Telegram") },
	{ "ntfy", N_("ntfy") },
	{ "webhook", N_("web hook") },
	{ "sms", N_("text message") },
	{ "exec", N_("channel|command") },
	{ "hand", N_("channel|by hand") },
	{ "phone", N_("telephone") },
	{ "zalo", N_("Zalo") },
	{ "paper", N_("paper") },
	{ "in_person", N_("in person") },
	{ 0 },
};

static const struct word templates[] = {
	{ "gop", N_("many in one") },
	{ "tom_tat", N_("digest") },
	{ "phan_cong", N_("assignment") },
	{ "su_co_moi", N_("new case") },
	{ "de_nghi", N_("request for help") },
	{ "bao_cao_nhanh", N_("quick report") },
	{ "da_tiep_nhan", N_("we have it") },
	{ "khoi_phuc", N_("it works again") },
	{ "thong_bao_xa", N_("notice to communes") },
	{ "goi", N_("what|call") },
	{ "dang", N_("notice posted") },
	{ "yeu_cau_ho_tro", N_("help asked for") },
	{ "thu", N_("test") },
	{ "doi_ca", N_("swap of duty asked") },
	{ "doi_ca_dong_y", N_("swap of duty agreed") },
	{ "doi_ca_huy", N_("swap of duty undone") },
	{ "doi_ca_khong", N_("swap of duty refused") },
	{ "doi_ca_rut", N_("swap of duty withdrawn") },
	{ "lich_thieu", N_("what is wrong with the roster") },
	{ "goi_su_co", N_("call to the case") },
	{ "goi_viec", N_("call to a step") },
	{ "goi_han", N_("call for a clock") },
	{ "hoi_lai", N_("asked again") },
	{ "da_co_nguoi", N_("somebody has it") },
	{ "khong_ai_nhan", N_("nobody answers") },
	{ "khong_goi_duoc", N_("nobody to call") },
	{ 0 },
};

static const struct word planned[] = {
	{ "planned", N_("announced") },
	{ "under_way", N_("under way") },
	{ "done", N_("work|done") },
	{ "cancelled", N_("cancelled") },
	{ 0 },
};

static const struct word scenes[] = {
	{ "held", N_("scene|kept") },
	{ "released", N_("scene|released") },
	{ 0 },
};

/* How people are asked: by hand, always. */
static const struct word ask_channels[] = {
	{ "phone", N_("telephone") },
	{ "in_person", N_("in person") },
	{ "zalo", N_("Zalo") },
	{ "mail", N_("mail") },
	{ "paper", N_("official letter") },
	{ 0 },
};

static const struct word decision_states[] = {
	{ "open", N_("decision|not answered") },
	{ "answered", N_("answered") },
	{ "fallback", N_("by authority") },
	{ "answered_late", N_("authority, answer") },
	{ "withdrawn", N_("withdrawn") },
	{ 0 },
};

static const struct word raised_watches[] = {
	{ "tet", N_("watch|Tet") },
	{ "holiday", N_("watch|holiday") },
	{ "congress", N_("watch|congress, election") },
	{ "storm", N_("watch|storm, flood") },
	{ "other", N_("watch|other") },
	{ 0 },
};

static const struct word swap_states[] = {
	{ "asked", N_("swap|asked") },
	{ "agreed", N_("swap|agreed") },
	{ "refused", N_("swap|refused") },
	{ "withdrawn", N_("withdrawn") },
	{ 0 },
};

static const struct word waiting_states[] = {
	{ "open", N_("waiting") },
	{ "done", N_("done") },
	{ 0 },
};

static const struct word point_states[] = {
	{ "down", N_("point|no link") },
	{ "power_out", N_("point|no power") },
	{ "reserve", N_("point|on reserve") },
	{ "slow", N_("point|slow") },
	{ "back", N_("point|back") },
	{ "unknown", N_("point|unknown") },
	{ 0 },
};

static const struct word rule_families[] = {
	{ "severity", N_("rule|severity") },
	{ "contact", N_("rule|whom to tell") },
	{ "deadline", N_("rule|clock") },
	{ "plan", N_("rule|plan") },
	{ "periodic", N_("rule|periodic duty") },
	{ "coordination", N_("rule|coordination") },
	{ "escalation", N_("rule|calling people") },
	{ 0 },
};

static const struct word contact_classes[] = {
	{ "member", N_("contact|of the team") },
	{ "body", N_("contact|a body") },
	{ "superior", N_("contact|superior") },
	{ "ministry", N_("contact|ministry") },
	{ "police", N_("contact|police") },
	{ "press", N_("contact|press") },
	{ 0 },
};

/* Of systems, and of units. */
static const struct word register_kinds[] = {
	{ "data_centre", N_("system|data centre") },
	{ "platform", N_("system|platform") },
	{ "application", N_("system|application") },
	{ "website", N_("system|website") },
	{ "network", N_("system|network") },
	{ "conference", N_("system|video conference") },
	{ "security", N_("system|security") },
	{ "storage", N_("system|storage") },
	{ "power", N_("system|power supply") },
	{ "outside", N_("system|outside the province") },
	{ "commune", N_("unit|commune") },
	{ "department", N_("unit|department") },
	{ 0 },
};

static const struct word *const lists[WORDS_COUNT] = {
	[WORDS_KIND] = kinds,
	[WORDS_STATUS] = statuses,
	[WORDS_SEVERITY] = severities,
	[WORDS_TLP] = tlps,
	[WORDS_PAP] = paps,
	[WORDS_REPORTABLE] = reportables,
	[WORDS_MESSAGE_STATE] = message_states,
	[WORDS_ASSET_STATE] = asset_states,
	[WORDS_STEP_STATE] = step_states,
	[WORDS_CHANNEL] = channels,
	[WORDS_TEMPLATE] = templates,
	[WORDS_PLANNED] = planned,
	[WORDS_SCENE] = scenes,
	[WORDS_ASK_CHANNEL] = ask_channels,
	[WORDS_RAISED_WATCH] = raised_watches,
	[WORDS_SWAP_STATE] = swap_states,
	[WORDS_DECISION_STATE] = decision_states,
	[WORDS_WAITING_STATE] = waiting_states,
	[WORDS_POINT_STATE] = point_states,
	[WORDS_RULE_FAMILY] = rule_families,
	[WORDS_CONTACT_CLASS] = contact_classes,
	[WORDS_REGISTER_KIND] = register_kinds,
	[WORDS_ANSWER_WAY] = answer_ways,
};

const struct word *
words_of(enum word_list list)
{
	return lists[list];
}

static const struct word *
find(enum word_list list, const char *word)
{
	for (const struct word *row = lists[list]; row->word != NULL; row++) {
		if (strcmp(row->word, word) == 0) {
			return row;
		}
	}
	return NULL;
}

bool
word_known(enum word_list list, const char *word)
{
	return find(list, word) != NULL;
}

const char *
word_label(enum word_list list, const char *word)
{
	const struct word *row = find(list, word);

	return row == NULL ? word : Q_(row->label);
}

static bool
folds_to(const char *text, const char *folded)
{
	char *is = fold_text(text);
	bool same = strcmp(is, folded) == 0;

	free(is);
	return same;
}

const char *
word_meant(enum word_list list, const char *said)
{
	const char *meant = said;
	char *folded;

	if (find(list, said) != NULL) {
		return said;
	}
	folded = fold_text(said);
	for (const struct word *row = lists[list]; row->word != NULL; row++) {
		if (folds_to(_(row->label), folded) || folds_to(row->label, folded)) {
			meant = row->word;
			break;
		}
	}
	free(folded);
	return meant;
}

bool
word_check(enum word_list list, const char *what, const char *word,
	struct error *err)
{
	struct buf all = { 0 };

	if (find(list, word) != NULL) {
		return true;
	}
	for (const struct word *row = lists[list]; row->word != NULL; row++) {
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", row->word);
	}
	(void)error_set(err, ERR_BAD_INPUT, _("%s \"%.60s\" is not one of: %s"), what,
		word, buf_text(&all));
	buf_free(&all);
	return false;
}

struct bare_name
bare_name(const char *name)
{
	struct bare_name bare;
	size_t len = strlen(name);
	bool marked = len > 4 && strncmp(name, "__", 2) == 0
		&& strcmp(name + len - 2, "__") == 0;

	(void)snprintf(bare.text, sizeof bare.text, "%.*s", (int)(marked ? len - 4 : len),
		marked ? name + 2 : name);
	return bare;
}
