/* asset_turn.c owns which facts of a system somebody on watch reads out or looks
 * for when its holder or its supplier is called. */
#include "core/asset_turn.h"

#include <string.h>

#include "core/asset_fact.h"
#include "core/buf.h"
#include "core/gaps.h"
#include "core/i18n.h"
#include "core/json.h"

static const struct {
	const char *fact;
	unsigned what;
} facts[] = {
	{ "admin_holder", TURN_ACCOUNT }, { "admin_second", TURN_ACCOUNT },
	{ "admin_envelope", TURN_ACCOUNT }, { "supplier", TURN_SUPPLIER },
	{ "contract", TURN_SUPPLIER }, { "warranty", TURN_SUPPLIER },
	{ "serial", TURN_SUPPLIER }, { "site", TURN_SUPPLIER },
	{ "rack", TURN_SUPPLIER }, { "key_holder", TURN_SUPPLIER },
	{ "key_second", TURN_SUPPLIER },
};

/* The plans' own role codes. */
static const struct {
	const char *role;
	unsigned what;
} roles[] = {
	{ "quan_tri_ht", TURN_ACCOUNT }, { "ncc_tb", TURN_SUPPLIER },
	{ "ncc_pm", TURN_SUPPLIER },
};

unsigned
asset_turn_of_role(const char *role)
{
	for (size_t i = 0; role != NULL && i < sizeof(roles) / sizeof(*roles); i++) {
		if (strcmp(roles[i].role, role) == 0) {
			return roles[i].what;
		}
	}
	return 0;
}

bool
asset_turn_each(struct desk *desk, const char *asset_id, unsigned what,
	asset_turn_row row, void *arg, struct error *err)
{
	struct json *asset;
	bool ok;

	if (asset_id[0] == '\0') {
		return true;
	}
	asset = json_object();
	ok = fact_load(desk, asset_id, asset, err);
	for (size_t i = 0; ok && i < sizeof(facts) / sizeof(*facts); i++) {
		const struct json *fact = json_get(asset, facts[i].fact);

		if ((facts[i].what & what) == 0 || fact == NULL || json_is(fact, JSON_BOOL)) {
			continue;
		}
		if (!row(gap_fact_label(facts[i].fact), json_is(fact, JSON_NULL) ? NULL
				: json_get_text(fact, "value"), arg)) {
			break;
		}
	}
	json_free(asset);
	return ok;
}

static bool
add_part(const char *label, const char *text, void *arg)
{
	struct buf *out = arg;

	buf_addf(out, "%s%s: %s", out->len > 0 ? "; " : "", label,
		text != NULL ? text : _("MISSING"));
	return true;
}

bool
asset_turn_line(struct desk *desk, const char *asset_id, unsigned what, char **out,
	struct error *err)
{
	struct buf line = { 0 };
	bool ok = asset_turn_each(desk, asset_id, what, add_part, &line, err);

	*out = buf_take(&line);
	return ok;
}
