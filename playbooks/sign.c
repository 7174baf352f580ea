/* sign.c owns the signatures of playbooks: what is signed, and whether it still
 * is what was signed. */
#include "playbooks/sign.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/ids.h"
#include "core/mem.h"
#include "core/when.h"

#define ALGORITHM "Ed25519"
#define HASH "sha-256"
#define TO_THE_SECOND (sizeof "2026-01-05T08:00:00" - 1)

/* SHA-256, as hex text, of the playbook with this signature alone, without its
 * value. */
static void
signed_text(char hash[HASH_SIZE], const struct json *playbook,
	const struct json *signature)
{
	struct json *doc = json_copy(playbook);
	struct json *bare = json_copy(signature);
	struct json *list = json_array();
	char *text;

	json_remove(bare, "value");
	json_push(list, bare);
	json_remove(doc, "signatures");
	json_set(doc, "signatures", list);
	text = json_canonical(doc);
	hash_bytes(hash, text, strlen(text));
	free(text);
	json_free(doc);
}

static bool
same(const struct json *object, const char *key, const char *want)
{
	const char *is = json_get_text(object, key);

	return is != NULL && want != NULL && strcmp(is, want) == 0;
}

/* It names another playbook or version; both names may be absent. */
static bool
is_of_another(const struct json *playbook, const struct json *signature)
{
	return (json_get(signature, "related_to") != NULL
			&& !same(signature, "related_to", json_get_text(playbook, "id")))
		|| (json_get(signature, "related_version") != NULL
			&& !same(signature, "related_version",
				json_get_text(playbook, "modified")));
}

static bool
is_out_of_date(const struct json *signature, int64_t now)
{
	const char *from = json_get_text(signature, "valid_from");
	const char *until = json_get_text(signature, "valid_until");
	char at[WHEN_RFC3339_SIZE];

	/* All times are UTC with Z, so their texts sort. */
	when_utc(at, now);
	return (from != NULL && strncmp(at, from, TO_THE_SECOND) < 0)
		|| (until != NULL && strncmp(at, until, TO_THE_SECOND) >= 0);
}

static enum signature_state
state_of(char public_text[ED25519_PUBLIC_TEXT], const struct json *playbook,
	const struct json *signature, int64_t now)
{
	const char *key = json_get_text(signature, "public_key");
	const char *value = json_get_text(signature, "value");
	uint8_t public[ED25519_PUBLIC_BYTES];
	char hash[HASH_SIZE];

	if (!same(signature, "algorithm", ALGORITHM) || value == NULL || key == NULL
			|| (json_get(signature, "hash_algorithm") != NULL
				&& !same(signature, "hash_algorithm", HASH))
			|| !ed25519_public_read(public, key)) {
		return SIGNATURE_UNSUPPORTED;
	}
	ed25519_public_text(public_text, public);
	signed_text(hash, playbook, signature);
	if (!ed25519_verifies(public, value, hash, strlen(hash))) {
		return SIGNATURE_BROKEN;
	}
	if (is_of_another(playbook, signature)) {
		return SIGNATURE_OTHER;
	}
	/* A revoked one has no dates (10.15). */
	if (json_get_bool(signature, "revoked")) {
		return SIGNATURE_REVOKED;
	}
	return is_out_of_date(signature, now) ? SIGNATURE_OUT_OF_DATE : SIGNATURE_GOOD;
}

static char *
text_of(const struct json *object, const char *key)
{
	const char *text = json_get_text(object, key);

	return xstrdup(text != NULL ? text : "");
}

void
signatures_check(struct signatures *out, const struct json *playbook, int64_t now)
{
	*out = (struct signatures){ 0 };
	for (const struct json *row = json_first(json_get(playbook, "signatures"));
			row != NULL; row = json_next(row)) {
		struct signature signature = {
			.id = text_of(row, "id"), .signee = text_of(row, "signee"),
			.algorithm = text_of(row, "algorithm"),
		};

		signature.state = state_of(signature.public_text, playbook, row, now);
		out->list = xrealloc(out->list,
			((size_t)out->count + 1) * sizeof signature);
		out->list[out->count++] = signature;
	}
}

void
signatures_finish(struct signatures *signatures)
{
	for (int i = 0; i < signatures->count; i++) {
		free(signatures->list[i].id);
		free(signatures->list[i].signee);
		free(signatures->list[i].algorithm);
	}
	free(signatures->list);
	*signatures = (struct signatures){ 0 };
}

static const struct {
	const char *word, *label;
} states[] = {
	[SIGNATURE_GOOD] = { "good", N_("good") },
	[SIGNATURE_BROKEN] = { "broken", N_("broken: the plan is not what was signed") },
	[SIGNATURE_OTHER] = { "other", N_("of another plan or version") },
	[SIGNATURE_REVOKED] = { "revoked", N_("revoked") },
	[SIGNATURE_OUT_OF_DATE] = { "out_of_date", N_("out of its dates") },
	[SIGNATURE_UNSUPPORTED] = { "unsupported",
		N_("not checked: only Ed25519 with SHA-256 and the key inside is supported") },
};

const char *
signature_state_word(enum signature_state state)
{
	return states[state].word;
}

const char *
signature_state_label(enum signature_state state)
{
	return _(states[state].label);
}

/* The place of the signature that this key made before, or -1. */
static int
place_of(const struct json *list, const char *public_text)
{
	int place = 0;

	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row), place++) {
		if (same(row, "public_key", public_text)) {
			return place;
		}
	}
	return -1;
}

static struct json *
new_signature(const struct json *playbook, const struct json *before,
	const char *public_text, const char *signee, int64_t now)
{
	struct json *signature = json_object();
	char uuid[UUID_SIZE];
	char at[WHEN_RFC3339_SIZE];
	char *id;

	uuid_v4(uuid);
	when_utc(at, now);
	id = before != NULL && json_get_text(before, "id") != NULL
		? xstrdup(json_get_text(before, "id")) : xasprintf("jss--%s", uuid);
	json_set_text(signature, "type", "jss");
	json_set_text(signature, "id", id);
	json_set_text(signature, "created", before != NULL
		&& json_get_text(before, "created") != NULL
		? json_get_text(before, "created") : at);
	json_set_text(signature, "modified", at);
	json_set_text(signature, "signee", signee);
	json_set_text(signature, "related_to", json_get_text(playbook, "id"));
	json_set_text(signature, "related_version", json_get_text(playbook, "modified"));
	json_set_text(signature, "hash_algorithm", HASH);
	json_set_text(signature, "algorithm", ALGORITHM);
	json_set_text(signature, "public_key", public_text);
	free(id);
	return signature;
}

/* The list with the signature in its place, else at the end; takes it. */
static struct json *
with(const struct json *list, int place, struct json *signature)
{
	struct json *out = json_array();
	int at = 0;

	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row), at++) {
		json_push(out, at == place ? signature : json_copy(row));
	}
	if (place < 0) {
		json_push(out, signature);
	}
	return out;
}

/* The summary of the first signed text says that it is signed; later it is part
 * of what others signed. */
static struct json *
to_be_signed(const struct json *playbook)
{
	struct json *doc = json_copy(playbook);
	struct json *summary = NULL;

	if (json_count(json_get(doc, "signatures")) == 0) {
		summary = json_detach(doc, "playbook_processing_summary");
	}
	if (json_is(summary, JSON_OBJECT)) {
		json_set_bool(summary, "digital_signatures", true);
	}
	if (summary != NULL) {
		json_set(doc, "playbook_processing_summary", summary);
	}
	return doc;
}

bool
playbook_sign(char **out, const struct json *playbook,
	const struct ed25519_key *key, const char *signee, int64_t now,
	struct error *err)
{
	const struct json *list = json_get(playbook, "signatures");
	char public_text[ED25519_PUBLIC_TEXT], value[ED25519_VALUE_TEXT], hash[HASH_SIZE];
	struct json *signature, *doc, *all;
	int place;

	if (json_get_text(playbook, "id") == NULL
			|| json_get_text(playbook, "modified") == NULL) {
		return error_set(err, ERR_BAD_INPUT,
			_("a plan without id or modified cannot be signed"));
	}
	ed25519_public_text(public_text, key->public);
	place = place_of(list, public_text);
	signature = new_signature(playbook, place < 0 ? NULL : json_at(list, place),
		public_text, signee, now);
	doc = to_be_signed(playbook);
	signed_text(hash, doc, signature);
	ed25519_sign(value, key, hash, strlen(hash));
	json_set_text(signature, "value", value);
	all = with(list, place, signature);
	json_remove(doc, "signatures");
	json_set(doc, "signatures", all);
	*out = json_pretty(doc);
	json_free(doc);
	return true;
}
