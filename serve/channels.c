/* channels.c opens the engine's channels from the configuration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "notify/exec.h"
#include "notify/ntfy.h"
#include "notify/sms.h"
#include "notify/telegram.h"
#include "notify/webhook.h"
#include "notify/zalo.h"
#include "serve/links.h"
#include "serve/serve.h"

#define LEASE_LEAST_MS 90000
#define MAILDIR_URL "maildir:"

/* In the order in which they are shown. */
static const struct channel_type *const types[] = {
	&smtp_channel, &telegram_channel, &ntfy_channel, &webhook_channel, &sms_channel,
	&zalo_channel, &exec_channel, &maildir_channel,
};

const struct channel_type *
channel_type_at(int i)
{
	return (size_t)i < sizeof types / sizeof *types ? types[i] : NULL;
}

/* A demo without a folder of its own delivers beside its desk. */
static const char *
maildir_of(struct serve *serve)
{
	const char *given = config_get(serve->config, CONFIG_FILE_MAILDIR);
	const char *url = serve->url;

	if (given[0] != '\0' || !desk_is_demo(serve->desk)) {
		return given;
	}
	if (serve->maildir == NULL) {
		serve->maildir = xasprintf("%s.mail",
			strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url);
	}
	return serve->maildir;
}

/* Mail without a server: maildir:/PATH is a folder on this machine. */
static const struct channel_type *
type_of(const char *name, struct channel_config *config)
{
	size_t prefix = strlen(MAILDIR_URL);

	if (strcmp(name, "mail") == 0 && strncmp(config->url, MAILDIR_URL, prefix) == 0) {
		config->maildir = config->url + prefix;
		return &maildir_channel;
	}
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (strcmp(types[i]->name, name) == 0) {
			return types[i];
		}
	}
	return NULL;
}

bool
channel_open(struct channel **out, struct serve *serve, const char *name,
	struct error *err)
{
	const struct config *c = serve->config;
	const char *from_name = config_get(c, CONFIG_MAIL_FROM_NAME);
	struct channel_config config = {
		.config = c,
		.url = config_get(c, CONFIG_MAIL_URL),
		.from = config_get(c, CONFIG_MAIL_FROM),
		.from_name = from_name[0] != '\0' ? from_name : desk_name(serve->desk),
		.user = config_get(c, CONFIG_MAIL_USER),
		.password_file = config_get(c, CONFIG_MAIL_PASSWORD_FILE),
		.ca_file = config_get(c, CONFIG_MAIL_CA_FILE),
		.plain = config_yes(c, CONFIG_MAIL_PLAIN),
		.maildir = maildir_of(serve),
		.connect_ms = (int)config_number(c, CONFIG_MAIL_CONNECT_TIMEOUT) * 1000,
		.transfer_ms = (int)config_number(c, CONFIG_MAIL_TRANSFER_TIMEOUT) * 1000,
		.connections = (int)config_number(c, CONFIG_MAIL_CONNECTIONS),
	};

	const struct channel_type *type = type_of(name, &config);

	if (type != NULL) {
		return type->open(out, &config, err);
	}
	return error_set(err, ERR_BAD_INPUT,
		_("there is no channel \"%.40s\" here; known are: %s"), name,
		"mail, telegram, ntfy, webhook, sms, zalo, exec, file");
}

/* No message may outlast the lease under which it was begun: some are asked for up
 * to four times in a row. */
static int64_t
lease_ms(const struct serve *serve)
{
	static const struct {
		enum config_key key;
		int64_t times;
	} limits[] = {
		{ CONFIG_MAIL_TRANSFER_TIMEOUT, 3 }, { CONFIG_HTTP_TRANSFER_TIMEOUT, 4 },
		{ CONFIG_EXEC_TIMEOUT, 2 },
	};
	int64_t longest = LEASE_LEAST_MS;

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		int64_t ms = config_number(serve->config, limits[i].key) * 1000 * limits[i].times;

		if (limits[i].key == CONFIG_EXEC_TIMEOUT &&
		    config_get(serve->config, CONFIG_EXEC_COMMAND)[0] == '\0') {
			continue;
		}
		longest = ms > longest ? ms : longest;
	}
	return serve->lease_ms > 0 ? serve->lease_ms : longest;
}

struct deliver *
channels_deliver(struct serve *serve)
{
	struct deliver *deliver = deliver_new(serve->desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "suco-serve",
		.lease_ms = lease_ms(serve), .ways = links_ways, .ways_arg = serve });

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct error err = ERROR_INIT;
		struct channel *channel = NULL;

		if (channel_open(&channel, serve, types[i]->name, &err)) {
			deliver_add(deliver, types[i]->name, channel, NULL);
			continue;
		}
		if (err.code != ERR_UNAVAILABLE) {
			serve_log("%s: %s %s", types[i]->name, err.message, err.cause);
		}
		deliver_add(deliver, types[i]->name, NULL, err.message);
	}
	return deliver;
}
