/* verb_playbook_sign.c: keys, signing and verifying plans. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "playbooks/library.h"
#include "playbooks/trust.h"

#define KEY_FILE_MOST 4096

/* A private key that others can read is no longer private. */
static bool
is_private(const char *path, struct error *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & 077) != 0) {
		error_set(err, ERR_REFUSED,
			_("%s can be read by others: a key must be yours alone"), path);
		return error_how(err, "chmod 600 %s", path);
	}
	return true;
}

static bool
read_key(struct ed25519_key *key, const char *path, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	bool ok = is_private(path, err) && file_read(&text, &len, path, KEY_FILE_MOST, err) &&
		ed25519_read(key, text, err);

	if (text != NULL) {
		explicit_bzero(text, len);
	}
	free(text);
	return ok;
}

/* {file, public_key} for scripts; said is what people are told. */
static void
result(struct cli *cli, const char *path, const struct ed25519_key *key)
{
	struct json *o = json_object();
	char text[ED25519_PUBLIC_TEXT];

	ed25519_public_text(text, key->public);
	json_set_text(o, "file", path);
	json_set_text(o, "public_key", text);
	if (cli->json) {
		cli_json(cli, o);
		return;
	}
	cli_say(cli, "%s", text);
	json_free(o);
}

bool
verb_playbook_key(struct cli *cli, struct error *err)
{
	const char *path = cli_word(cli, 0);
	char pem[ED25519_PEM_SIZE];
	struct ed25519_key key = { 0 };
	struct stat st;
	bool ok;

	if (stat(path, &st) == 0) {
		ok = read_key(&key, path, err);
	} else {
		ed25519_new(&key, pem);
		ok = file_write_new(path, pem, strlen(pem), 0600, err);
		explicit_bzero(pem, sizeof pem);
	}
	if (ok) {
		result(cli, path, &key);
		cli_warn(cli, _("to count its signatures here: suco setting set key.NAME KEY"));
	}
	ed25519_wipe(&key);
	return ok;
}

static bool
parse_plan(struct json **doc, const char *text, size_t len, struct error *err)
{
	const struct json_limits limits = {
		.bytes = limit(LIMIT_PLAYBOOK),
		.depth = (int)limit(LIMIT_PLAYBOOK_DEPTH),
	};

	return json_parse(doc, text, len, &limits, err);
}

/* The plan's text with the new signature, to -o FILE or back into its own. */
static bool
sign_file(struct cli *cli, const char *path, const char *to,
	const struct ed25519_key *key, struct error *err)
{
	struct json *doc = NULL;
	char *text = NULL, *out = NULL;
	size_t len = 0;
	bool ok = file_read(&text, &len, path, limit(LIMIT_PLAYBOOK), err) &&
		parse_plan(&doc, text, len, err) &&
		playbook_sign(&out, doc, key, cli_option(cli, "signee"),
			desk_system_clock(NULL), err);

	if (ok) {
		struct buf whole = { 0 };

		buf_addf(&whole, "%s\n", out);
		ok = file_write(to, whole.data, whole.len, 0644, err);
		buf_free(&whole);
	}
	free(out);
	free(text);
	json_free(doc);
	return ok;
}

bool
verb_playbook_sign(struct cli *cli, struct error *err)
{
	const char *path = cli_word(cli, 0);
	const char *to = cli_option(cli, "output");
	struct ed25519_key key = { 0 };
	bool ok = cli_need(cli, "key", err) && cli_need(cli, "signee", err) &&
		read_key(&key, cli_option(cli, "key"), err) &&
		sign_file(cli, path, to != NULL ? to : path, &key, err);

	if (ok) {
		result(cli, to != NULL ? to : path, &key);
	}
	ed25519_wipe(&key);
	return ok;
}

/* ---- verify ---- */

/* One signature: its state, who signed, and whether this desk trusts the key. */
static bool
put_signature(struct cli *cli, const struct signature *signature, struct json *list,
	bool *trusted, struct error *err)
{
	struct json *o = json_object();
	char *name = NULL;

	if (!trust_name(&name, cli->desk, signature->public_text, err)) {
		json_free(o);
		return false;
	}
	*trusted |= signature->state == SIGNATURE_GOOD && name != NULL;
	cli_note(cli, "%s: %s; %s", signature->signee, signature_state_label(signature->state),
		name != NULL ? name : _("no key that counts here"));
	json_set_text(o, "id", signature->id);
	json_set_text(o, "signee", signature->signee);
	json_set_text(o, "algorithm", signature->algorithm);
	json_set_text(o, "state", signature_state_word(signature->state));
	json_set_text(o, "public_key", signature->public_text);
	json_set(o, "trusted", json_string(name));
	json_push(list, o);
	free(name);
	return true;
}

/* A file, or a plan of the library. */
static bool
read_plan(struct json **doc, struct cli *cli, const char *spec, struct error *err)
{
	struct library library = { 0 };
	struct playbook *playbook = NULL;
	const struct plan *plan;
	struct stat st;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (stat(spec, &st) == 0) {
		ok = file_read(&text, &len, spec, limit(LIMIT_PLAYBOOK), err);
	} else {
		ok = library_load(&library, cli->desk, err) &&
			library_find(&plan, &library, spec, i18n_language(), err) &&
			library_read(&playbook, &text, &len, cli->desk, plan, err);
	}
	ok = ok && parse_plan(doc, text, len, err);
	playbook_free(playbook);
	library_finish(&library);
	free(text);
	return ok;
}

/* Exit 6: no good signature of a key that counts here. */
bool
verb_playbook_verify(struct cli *cli, struct error *err)
{
	struct json *doc = NULL, *list = json_array();
	struct signatures found = { 0 };
	bool trusted = false;
	bool ok = read_plan(&doc, cli, cli_word(cli, 0), err);

	if (ok) {
		signatures_check(&found, doc, desk_now(cli->desk));
	}
	for (int i = 0; ok && i < found.count; i++) {
		ok = put_signature(cli, &found.list[i], list, &trusted, err);
	}
	if (ok && !trusted) {
		cli->status = 6;
	}
	ok = cli_listed(cli, list, ok, found.count == 0 ? _("not signed") : NULL);
	signatures_finish(&found);
	json_free(doc);
	return ok;
}
