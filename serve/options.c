/* options.c reads the command line of suco-serve, which people reach as
 * `suco serve`, `suco deliver` and `suco notify test`. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "serve/serve.h"

enum { OPT_DESK = 256, OPT_LANG, OPT_ONCE, OPT_JSON, OPT_LEASE, OPT_CONFIG, OPT_BACKUP };

static const struct option long_options[] = {
	{ "desk", required_argument, NULL, OPT_DESK },
	{ "lang", required_argument, NULL, OPT_LANG },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "once", no_argument, NULL, OPT_ONCE },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "lease", required_argument, NULL, OPT_LEASE },
	{ "backup-to", required_argument, NULL, OPT_BACKUP },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

void
options_help(void)
{
	(void)fputs(_(
		"usage: suco-serve [--desk URL] [--lang vi|en] [--config FILE] [--once] [--json]\n"
		"       suco-serve [OPTIONS] notify-list | notify-probe | notify-test CHANNEL TO\n"
		"\n"
		"Delivers the messages of the outbox; people start it as `suco serve`.\n"
		"  --once            send what is due and end (suco deliver --once)\n"
		"  --lease SECONDS   how long this engine leads without a sign of life\n"
		"  --config FILE     this suco.conf alone\n"
		"  --backup-to DIR   make one verified backup there, named by its day, and end\n"
		"  notify-list       tell how each channel does; notify-probe asks them too\n"
		"  notify-test       send one test message by a channel to an address,\n"
		"                    a member or a contact role\n"), stdout);
}

static bool
read_seconds(int64_t *ms, const char *text, struct error *err)
{
	char *end;
	long seconds = strtol(text, &end, 10);

	if (*end != '\0' || seconds < 1 || seconds > 3600) {
		return error_set(err, ERR_USAGE, _("--lease takes seconds from 1 to 3600"));
	}
	*ms = (int64_t)seconds * 1000;
	return true;
}

static bool
read_one(struct serve *serve, int option, struct error *err)
{
	switch (option) {
	case OPT_DESK:
		serve->desk_url = optarg;
		return true;
	case OPT_LANG:
		serve->language = optarg;
		return true;
	case OPT_CONFIG:
		serve->config_file = optarg;
		return true;
	case OPT_BACKUP:
		serve->backup_to = optarg;
		return true;
	case OPT_ONCE:
		serve->once = true;
		return true;
	case OPT_JSON:
		serve->json = true;
		return true;
	case OPT_LEASE:
		return read_seconds(&serve->lease_ms, optarg, err);
	case 'h':
		serve->help = true;
		return true;
	case 'V':
		serve->version = true;
		return true;
	default:
		return error_set(err, ERR_USAGE, _("see suco-serve --help"));
	}
}

bool
options_read(struct serve *serve, int argc, char **argv, struct error *err)
{
	int option;

	while ((option = getopt_long(argc, argv, "hV", long_options, NULL)) != -1) {
		if (!read_one(serve, option, err)) {
			return false;
		}
	}
	if (optind == argc) {
		return true;
	}
	serve->list_probes = strcmp(argv[optind], "notify-probe") == 0;
	serve->list = serve->list_probes || strcmp(argv[optind], "notify-list") == 0;
	if (serve->list && argc - optind == 1) {
		return true;
	}
	if (strcmp(argv[optind], "notify-test") != 0 || argc - optind != 3) {
		return error_set(err, ERR_USAGE, _("see suco-serve --help"));
	}
	serve->test_channel = argv[optind + 1];
	serve->test_to = argv[optind + 2];
	return true;
}
