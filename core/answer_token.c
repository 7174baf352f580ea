/* answer_token.c makes and reads signed tokens: layout, message, member, end, tag. */
#include "core/answer_token.h"

#include <stdio.h>
#include <string.h>

#include "core/base64.h"
#include "core/i18n.h"

#define UUID_BYTES 16
#define LAYOUT 1
#define PAGE_ANSWER 'a'
#define TOKEN_HEAD (2 + 2 * UUID_BYTES + 4) /* layout, page, message, member, end */
#define TOKEN_BYTES (TOKEN_HEAD + TAG_BYTES)
#define SHORT_TAG 11
#define BUTTON_BYTES (UUID_BYTES + SHORT_TAG)
#define NONCE_BYTES 24
#define NONCE_MS (6 * 3600 * 1000LL)
#define CLOCK_SLACK_MS (5 * 60 * 1000LL)

static const char digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool
answer_key_read(struct answer_key *out, const char *hex, const char *desk)
{
	(void)snprintf(out->desk, sizeof out->desk, "%s", desk);
	return strlen(hex) == sizeof out->bytes * 2 &&
		hex_decode(out->bytes, sizeof out->bytes, hex);
}

static bool
uuid_pack(uint8_t out[UUID_BYTES], const char *text)
{
	char hex[UUID_BYTES * 2 + 1];
	size_t n = 0;

	for (; *text != '\0' && n < sizeof hex - 1; text++) {
		if (*text != '-') {
			hex[n++] = *text;
		}
	}
	hex[n] = '\0';
	return n == sizeof hex - 1 && hex_decode(out, UUID_BYTES, hex);
}

static void
uuid_unpack(char out[UUID_SIZE], const uint8_t bytes[UUID_BYTES])
{
	char hex[UUID_BYTES * 2 + 1];

	hex_encode(hex, bytes, UUID_BYTES);
	(void)snprintf(out, UUID_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
		hex + 16, hex + 20);
}

/* Length in bytes is a multiple of three: no padding, no spare bits. */
static void
write_text(char *out, const uint8_t *bytes, size_t len)
{
	struct buf text = { 0 };

	base64_encode(&text, bytes, len);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		out[i] = c == '+' ? '-' : c == '/' ? '_' : c;
	}
	out[text.len] = '\0';
	buf_free(&text);
}

static bool
read_text(uint8_t *out, size_t len, const char *text)
{
	struct buf bytes = { 0 };
	bool ok = strlen(text) == len / 3 * 4 && strspn(text, digits) == len / 3 * 4;

	if (ok) {
		base64_decode(&bytes, text);
		ok = bytes.len == len;
	}
	if (ok) {
		memcpy(out, bytes.data, len);
	}
	buf_free(&bytes);
	return ok;
}

static void
tag_of(uint8_t out[TAG_BYTES], const struct answer_key *key, const char *purpose,
	const void *bytes, size_t len)
{
	uint8_t whole[UUID_SIZE + 128];
	size_t desk = sizeof key->desk;

	memcpy(whole, key->desk, desk);
	memcpy(whole + desk, bytes, len);
	keyed_tag(out, key->bytes, purpose, whole, desk + len);
}

void
answer_token_make(char out[ANSWER_TOKEN_SIZE], const struct answer_key *key,
	const struct answer_token *token)
{
	uint8_t bytes[TOKEN_BYTES] = { LAYOUT, PAGE_ANSWER };
	uint32_t end = (uint32_t)(token->expires_at / 1000);

	(void)uuid_pack(bytes + 2, token->message);
	(void)uuid_pack(bytes + 2 + UUID_BYTES, token->member);
	for (int i = 0; i < 4; i++) {
		bytes[2 + 2 * UUID_BYTES + i] = (uint8_t)(end >> (24 - 8 * i));
	}
	tag_of(bytes + TOKEN_HEAD, key, "suco answer link", bytes, TOKEN_HEAD);
	write_text(out, bytes, sizeof bytes);
}

bool
answer_token_read(struct answer_token *out, const struct answer_key *key,
	const char *text, int64_t now, struct error *err)
{
	uint8_t bytes[TOKEN_BYTES];
	uint8_t tag[TAG_BYTES];
	uint32_t end = 0;

	if (!read_text(bytes, sizeof bytes, text)) {
		return error_set(err, ERR_FORBIDDEN, _("this link is not whole, or not ours"));
	}
	tag_of(tag, key, "suco answer link", bytes, TOKEN_HEAD);
	if (!keyed_same(tag, bytes + TOKEN_HEAD, sizeof tag) || bytes[0] != LAYOUT ||
	    bytes[1] != PAGE_ANSWER) {
		return error_set(err, ERR_FORBIDDEN, _("this link is not whole, or not ours"));
	}
	for (int i = 0; i < 4; i++) {
		end = end << 8 | bytes[2 + 2 * UUID_BYTES + i];
	}
	uuid_unpack(out->message, bytes + 2);
	uuid_unpack(out->member, bytes + 2 + UUID_BYTES);
	out->expires_at = (int64_t)end * 1000;
	return now <= out->expires_at ||
		error_set(err, ERR_REFUSED, _("this link is too old"));
}

void
answer_tag_make(char out[ANSWER_TAG_SIZE], const struct answer_key *key,
	const char *message)
{
	uint8_t bytes[BUTTON_BYTES] = { 0 };
	uint8_t tag[TAG_BYTES];

	(void)uuid_pack(bytes, message);
	tag_of(tag, key, "suco answer button", bytes, UUID_BYTES);
	memcpy(bytes + UUID_BYTES, tag, SHORT_TAG);
	write_text(out, bytes, sizeof bytes);
}

bool
answer_tag_read(char message[UUID_SIZE], const struct answer_key *key, const char *text)
{
	uint8_t bytes[BUTTON_BYTES];
	uint8_t tag[TAG_BYTES];

	if (!read_text(bytes, sizeof bytes, text)) {
		return false;
	}
	tag_of(tag, key, "suco answer button", bytes, UUID_BYTES);
	uuid_unpack(message, bytes);
	return keyed_same(tag, bytes + UUID_BYTES, SHORT_TAG);
}

/* The time it was made, and the tag of that and the token. */
static void
nonce_bytes(uint8_t out[NONCE_BYTES], const struct answer_key *key, const char *token,
	int64_t at)
{
	uint8_t what[8 + ANSWER_TOKEN_SIZE] = { 0 };

	for (int i = 0; i < 8; i++) {
		what[i] = out[i] = (uint8_t)((uint64_t)at >> (56 - 8 * i));
	}
	(void)snprintf((char *)what + 8, ANSWER_TOKEN_SIZE, "%s", token);
	tag_of(out + 8, key, "suco answer form", what, sizeof what);
}

void
answer_nonce_make(char out[ANSWER_NONCE_SIZE], const struct answer_key *key,
	const char *token, int64_t now)
{
	uint8_t bytes[NONCE_BYTES];

	nonce_bytes(bytes, key, token, now);
	write_text(out, bytes, sizeof bytes);
}

bool
answer_nonce_good(const struct answer_key *key, const char *token, const char *nonce,
	int64_t now)
{
	uint8_t given[NONCE_BYTES];
	uint8_t made[NONCE_BYTES];
	uint64_t at = 0;

	if (!read_text(given, sizeof given, nonce)) {
		return false;
	}
	for (int i = 0; i < 8; i++) {
		at = at << 8 | given[i];
	}
	nonce_bytes(made, key, token, (int64_t)at);
	return keyed_same(made, given, sizeof made) && (int64_t)at <= now + CLOCK_SLACK_MS &&
		(int64_t)at >= now - NONCE_MS;
}
