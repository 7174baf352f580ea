/* config.c owns the table of suco.conf's keys and the values in force; the
 * files are taken apart by config_read.c. */
#include "core/config.h"

#include <stdlib.h>
#include <string.h>

#include "core/config_private.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/place.h"

#define FILE_MAX ((size_t)256 * 1024)
#define SUCO "suco"
#define SERVE "suco-serve"
#define YES_NO(standard) .type = CONFIG_YES_NO, .fallback = (standard)
#define TEXT(standard) .type = CONFIG_TEXT, .fallback = (standard)
#define PATH .type = CONFIG_PATH, .fallback = ""
#define NUMBER(standard, from, to) .type = CONFIG_NUMBER, \
	.fallback = (standard), .least = (from), .most = (to)
#define CHOICE(standard, words) .type = CONFIG_CHOICE, \
	.fallback = (standard), .choices = (words)

const struct config_row config_rows[CONFIG_KEY_COUNT] = {
	[CONFIG_DESK_URL] = { "desk", "url", TEXT(""), .part = SUCO,
		.help = N_("the desk: a path, sqlite:PATH or postgresql://…") },
	[CONFIG_DESK_LANGUAGE] = { "desk", "language", CHOICE("", "vi en"),
		.part = SUCO,
		.help = N_("vi or en; unset: the environment if it names one, else vi") },
	[CONFIG_MAIL_URL] = { "mail", "url", TEXT(""), .part = SERVE,
		.help = N_("mail server, smtp://HOST:587; smtps:// for TLS from the "
			"first byte; maildir:/PATH: a folder of this machine") },
	[CONFIG_MAIL_FROM] = { "mail", "from", TEXT(""), .part = SERVE,
		.help = N_("address that mail is sent from") },
	[CONFIG_MAIL_FROM_NAME] = { "mail", "from_name", TEXT(""), .part = SERVE,
		.help = N_("name beside that address; unset: the desk's name") },
	[CONFIG_MAIL_USER] = { "mail", "user", TEXT(""), .part = SERVE,
		.help = N_("login at the mail server; unset: none") },
	[CONFIG_MAIL_PASSWORD_FILE] = { "mail", "password_file", PATH, .part = SERVE,
		.help = N_("file with the password, mode 0600, owned by who runs suco-serve") },
	[CONFIG_MAIL_CA_FILE] = { "mail", "ca_file", PATH, .part = SERVE,
		.help = N_("certificates to trust; unset: the system's") },
	[CONFIG_MAIL_PLAIN] = { "mail", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows mail without TLS: loopback and tests") },
	[CONFIG_MAIL_CONNECTIONS] = { "mail", "connections", NUMBER("8", 1, 32),
		.part = SERVE, .help = N_("how many mails are handed over at a time") },
	[CONFIG_MAIL_CONNECT_TIMEOUT] = { "mail", "connect_timeout",
		NUMBER("15", 1, 300), .part = SERVE,
		.help = N_("seconds to wait for the server's greeting") },
	[CONFIG_MAIL_TRANSFER_TIMEOUT] = { "mail", "transfer_timeout",
		NUMBER("30", 1, 600), .part = SERVE,
		.help = N_("seconds that one mail may take") },
	[CONFIG_INBOX_URL] = { "inbox", "url", TEXT(""), .part = SERVE,
		.help = N_("mailbox that answers by mail come to, imaps://HOST/INBOX; "
			"unset: none are read") },
	[CONFIG_INBOX_USER] = { "inbox", "user", TEXT(""), .part = SERVE,
		.help = N_("login at the mailbox") },
	[CONFIG_INBOX_PASSWORD_FILE] = { "inbox", "password_file", PATH, .part = SERVE,
		.help = N_("file with the password, mode 0600, owned by who runs suco-serve") },
	[CONFIG_INBOX_CA_FILE] = { "inbox", "ca_file", PATH, .part = SERVE,
		.help = N_("certificates to trust; unset: the system's") },
	[CONFIG_INBOX_PLAIN] = { "inbox", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows mail without TLS: loopback and tests") },
	[CONFIG_INBOX_EVERY] = { "inbox", "every", NUMBER("20", 1, 3600), .part = SERVE,
		.help = N_("seconds between two looks into the mailbox") },
	[CONFIG_INBOX_ADDRESS] = { "inbox", "address", TEXT(""), .part = SERVE,
		.help = N_("the mailbox's address, where its server takes NAME+CODE@HOST: "
			"replies go there; unset: the code stands in the subject") },
	[CONFIG_FILE_MAILDIR] = { "file", "maildir", PATH, .part = SERVE,
		.help = N_("Maildir of the channel file; where the demo delivers") },
	[CONFIG_HTTP_CA_FILE] = { "http", "ca_file", PATH, .part = SERVE,
		.help = N_("certificates to trust; unset: the system's") },
	[CONFIG_HTTP_PROXY] = { "http", "proxy", TEXT(""), .part = SERVE,
		.help = N_("proxy for all channels by HTTP; unset: none, whatever the "
			"environment says") },
	[CONFIG_HTTP_CONNECTIONS] = { "http", "connections", NUMBER("8", 1, 64),
		.part = SERVE, .help = N_("how many requests of one channel are under "
			"way at a time") },
	[CONFIG_HTTP_CONNECT_TIMEOUT] = { "http", "connect_timeout",
		NUMBER("10", 1, 300), .part = SERVE,
		.help = N_("seconds to wait for the connection") },
	[CONFIG_HTTP_TRANSFER_TIMEOUT] = { "http", "transfer_timeout",
		NUMBER("20", 1, 600), .part = SERVE,
		.help = N_("seconds that one request may take") },
	[CONFIG_WEBHOOK_HOSTS] = { "webhook", "hosts", TEXT(""), .part = SERVE,
		.help = N_("hosts that web hooks may go to, like a.example b.example:8443") },
	[CONFIG_WEBHOOK_SECRET_FILE] = { "webhook", "secret_file", PATH, .part = SERVE,
		.help = N_("file with the key that signs each web hook, mode 0600") },
	[CONFIG_WEBHOOK_PLAIN] = { "webhook", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows http:// without TLS: loopback and tests") },
	[CONFIG_TELEGRAM_TOKEN_FILE] = { "telegram", "token_file", PATH, .part = SERVE,
		.help = N_("file with the bot's token, mode 0600") },
	[CONFIG_TELEGRAM_URL] = { "telegram", "url", TEXT("https://api.telegram.org"),
		.part = SERVE, .help = N_("where the bot's interface is") },
	[CONFIG_TELEGRAM_PLAIN] = { "telegram", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows http:// without TLS: loopback and tests") },
	[CONFIG_NTFY_URL] = { "ntfy", "url", TEXT(""), .part = SERVE,
		.help = N_("the ntfy server, https://HOST") },
	[CONFIG_NTFY_TOKEN_FILE] = { "ntfy", "token_file", PATH, .part = SERVE,
		.help = N_("file with the access token, mode 0600; unset: none") },
	[CONFIG_NTFY_PLAIN] = { "ntfy", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows http:// without TLS: loopback and tests") },
	[CONFIG_SMS_URL] = { "sms", "url", TEXT(""), .part = SERVE,
		.help = N_("the gateway; {phone} {text} {id} {user} {secret} are filled in") },
	[CONFIG_SMS_METHOD] = { "sms", "method", CHOICE("POST", "POST GET PUT"), .part = SERVE,
		.help = N_("how the gateway is asked") },
	[CONFIG_SMS_HEADER] = { "sms", "header", TEXT(""), .part = SERVE,
		.help = N_("one more header, like Authorization: Bearer {secret}") },
	[CONFIG_SMS_BODY] = { "sms", "body", TEXT(""), .part = SERVE,
		.help = N_("what is posted, with the same places to fill in") },
	[CONFIG_SMS_BODY_FILE] = { "sms", "body_file", PATH, .part = SERVE,
		.help = N_("a file with the body, where it is longer than a line") },
	[CONFIG_SMS_ESCAPE] = { "sms", "escape", CHOICE("json", "json form"), .part = SERVE,
		.help = N_("how what is filled into the body is written") },
	[CONFIG_SMS_USER] = { "sms", "user", TEXT(""), .part = SERVE,
		.help = N_("what {user} stands for: a login or a public key") },
	[CONFIG_SMS_SECRET_FILE] = { "sms", "secret_file", PATH, .part = SERVE,
		.help = N_("file with what {secret} stands for, mode 0600") },
	[CONFIG_SMS_PHONE] = { "sms", "phone", CHOICE("national", "national plain plus"),
		.part = SERVE,
		.help = N_("how numbers are written: 0912…, 84912…, +84912…") },
	[CONFIG_SMS_SEGMENTS] = { "sms", "segments", NUMBER("2", 1, 6), .part = SERVE,
		.help = N_("how many short messages one text may cost") },
	[CONFIG_SMS_SUCCESS] = { "sms", "success", TEXT(""), .part = SERVE,
		.help = N_("the answer's field and its value for accepted, like CodeResult=100; "
			"text:OK: how a plain answer begins; unset: status 2xx") },
	[CONFIG_SMS_DUPLICATE] = { "sms", "duplicate", TEXT(""), .part = SERVE,
		.help = N_("values of that field for: had it already") },
	[CONFIG_SMS_PERMANENT] = { "sms", "permanent", TEXT(""), .part = SERVE,
		.help = N_("values of that field for: never this message") },
	[CONFIG_SMS_FAULT] = { "sms", "fault", TEXT(""), .part = SERVE,
		.help = N_("values of that field for: the account or its key is at fault") },
	[CONFIG_SMS_ID] = { "sms", "id", TEXT(""), .part = SERVE,
		.help = N_("the answer's field with the gateway's own number of the message") },
	[CONFIG_SMS_PLAIN] = { "sms", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows http:// without TLS: loopback and tests") },
	[CONFIG_ZALO_APP_ID] = { "zalo", "app_id", TEXT(""), .part = SERVE,
		.help = N_("number of the application of the official account") },
	[CONFIG_ZALO_SECRET_FILE] = { "zalo", "secret_file", PATH, .part = SERVE,
		.help = N_("file with the application's secret key, mode 0600") },
	[CONFIG_ZALO_TOKEN_FILE] = { "zalo", "token_file", PATH, .part = SERVE,
		.help = N_("file with the pair of tokens, mode 0600; suco-serve writes "
			"it anew") },
	[CONFIG_ZALO_URL] = { "zalo", "url", TEXT("https://openapi.zalo.me"), .part = SERVE,
		.help = N_("where messages are sent to") },
	[CONFIG_ZALO_TOKEN_URL] = { "zalo", "token_url", TEXT("https://oauth.zaloapp.com"),
		.part = SERVE, .help = N_("where the tokens are renewed") },
	[CONFIG_ZALO_PLAIN] = { "zalo", "plain", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows http:// without TLS: loopback and tests") },
	[CONFIG_EXEC_COMMAND] = { "exec", "command", TEXT(""), .part = SERVE,
		.help = N_("program and arguments, like /usr/bin/gammu-smsd-inject TEXT {to}; "
			"the text is its standard input; no shell") },
	[CONFIG_EXEC_TIMEOUT] = { "exec", "timeout", NUMBER("60", 1, 600), .part = SERVE,
		.help = N_("seconds after which it is killed") },
	[CONFIG_SERVE_LISTEN] = { "serve", "listen", TEXT("127.0.0.1:8425"),
		.part = SERVE,
		.help = N_("address of the HTTP doors, as 127.0.0.1:8425; none: no doors") },
	[CONFIG_SERVE_PUBLIC] = { "serve", "public", YES_NO("no"), .part = SERVE,
		.help = N_("yes allows an address that other machines reach") },
	[CONFIG_SERVE_PUBLIC_URL] = { "serve", "public_url", TEXT(""), .part = SERVE,
		.help = N_("what members' phones reach the doors by, https://HOST; "
			"unset: no answers by link") },
	[CONFIG_SERVE_ANSWER_KEY_FILE] = { "serve", "answer_key_file", PATH, .part = SERVE,
		.help = N_("key that answer links are signed with; made where it is missing; "
			"unset: beside the desk") },
	[CONFIG_SERVE_HEARTBEAT] = { "serve", "heartbeat_url", TEXT(""), .part = SERVE,
		.help = N_("asked each minute while no case waits unhandled; "
			"who misses it rings") },
	[CONFIG_UI_SLOW] = { "ui", "slow", YES_NO("no"), .part = SUCO,
		.help = N_("yes saves bytes on a bad link: arrow cursor, no seconds, no "
			"preview") },
	[CONFIG_UI_ASCII] = { "ui", "ascii", YES_NO("no"), .part = SUCO,
		.help = N_("yes draws lines with + - | ; the key ~ toggles") },
	[CONFIG_UI_MOUSE] = { "ui", "mouse", YES_NO("no"), .part = SUCO,
		.help = N_("yes takes the wheel and clicks; "
			"the terminal's own selection then needs Shift") },
	[CONFIG_UI_ESCDELAY] = { "ui", "escdelay", NUMBER("0", 0, 2000), .part = SUCO,
		.help = N_("milliseconds to wait after Esc; 0: 100 over SSH, 25 locally") },
	[CONFIG_UI_AMBIGUOUS] = { "ui", "ambiguous", CHOICE("narrow", "narrow wide"),
		.part = SUCO,
		.help = N_("wide: the terminal draws line characters two columns wide, "
			"so use ASCII") },
};

struct config *
config_new(void)
{
	return xcalloc(1, sizeof(struct config));
}

void
config_free(struct config *config)
{
	if (config == NULL) {
		return;
	}
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		free(config->set[i].value);
		free(config->set[i].origin);
	}
	for (int i = 0; i < config->fault_count; i++) {
		free(config->faults[i]);
	}
	free(config->faults);
	free(config);
}

struct config *
config_read(const char *name, const char *text, size_t len)
{
	struct config *config = config_new();

	config_read_into(config, name, text, len);
	return config;
}

bool
config_load_files(struct config **out, const char *const *paths, int count,
	struct error *err)
{
	struct config *config = config_new();

	for (int i = 0; i < count; i++) {
		char *text;
		size_t len;

		if (file_read(&text, &len, paths[i], FILE_MAX, err)) {
			config_read_into(config, paths[i], text, len);
			free(text);
		} else if (err->code == ERR_NOT_FOUND) {
			*err = ERROR_INIT;
		} else {
			config_free(config);
			return false;
		}
	}
	*out = config;
	return true;
}

bool
config_load(struct config **out, struct error *err)
{
	char *own = place_config("suco.conf");
	const char *const paths[] = { "/etc/suco/suco.conf", own };
	bool ok = config_load_files(out, paths, own == NULL ? 1 : 2, err);

	free(own);
	return ok;
}

const char *
config_get(const struct config *config, enum config_key key)
{
	const char *value = config->set[key].value;

	return value == NULL ? config_rows[key].fallback : value;
}

bool
config_yes(const struct config *config, enum config_key key)
{
	return strcmp(config_get(config, key), "yes") == 0;
}

int64_t
config_number(const struct config *config, enum config_key key)
{
	return strtoll(config_get(config, key), NULL, 10);
}

const char *
config_origin(const struct config *config, enum config_key key)
{
	const char *origin = config->set[key].origin;

	return origin == NULL ? "" : origin;
}

int
config_fault_count(const struct config *config)
{
	return config->fault_count;
}

const char *
config_fault(const struct config *config, int index)
{
	return config->faults[index];
}

bool
config_strict(const struct config *config, struct error *err)
{
	if (config->fault_count == 0) {
		return true;
	}
	if (config->fault_count == 1) {
		return error_set(err, ERR_BAD_INPUT, "%s", config->faults[0]);
	}
	return error_set(err, ERR_BAD_INPUT,
		ngettext("%s (and %d more fault)", "%s (and %d more faults)",
			(unsigned long)config->fault_count - 1),
		config->faults[0], config->fault_count - 1);
}
