/* http_verdict.c owns the table that says what became of a request, by what
 * libcurl and the server's number tell.  An error never counts as sent, and what
 * may have arrived never as lost. */
#include <curl/curl.h>

#include "notify/http_send.h"

#define ANY (-1)

/* The first row that fits counts. */
static const struct verdict_row {
	int curl_code; /* or ANY */
	int said;      /* 0, 1 or ANY */
	int low, high; /* of the status */
	enum send_verdict verdict;
} verdict_rows[] = {
	{ CURLE_OK, ANY, 200, 299, SEND_HANDED_OVER },
	/* Moved, or a page that wants a login: somebody must look at the URL. */
	{ CURLE_OK, ANY, 300, 399, SEND_CHANNEL_FAULT },
	{ CURLE_OK, ANY, 401, 402, SEND_CHANNEL_FAULT }, /* who we are; what we owe */
	{ CURLE_OK, ANY, 403, 405, SEND_CHANNEL_FAULT },
	{ CURLE_OK, ANY, 407, 407, SEND_CHANNEL_FAULT },
	{ CURLE_OK, ANY, 408, 408, SEND_TEMPORARY },
	{ CURLE_OK, ANY, 425, 425, SEND_TEMPORARY },
	{ CURLE_OK, ANY, 429, 429, SEND_TEMPORARY },
	{ CURLE_OK, ANY, 400, 499, SEND_PERMANENT },
	{ CURLE_OK, ANY, 500, 501, SEND_TEMPORARY },
	{ CURLE_OK, ANY, 502, 504, SEND_UNREACHABLE },
	{ CURLE_OK, ANY, 505, 599, SEND_TEMPORARY },
	/* No number of HTTP's. */
	{ CURLE_OK, ANY, 0, 999, SEND_UNKNOWN },
	{ CURLE_PEER_FAILED_VERIFICATION, ANY, 0, 999, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_CACERT_BADFILE, ANY, 0, 999, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_CERTPROBLEM, ANY, 0, 999, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_CIPHER, ANY, 0, 999, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_ISSUER_ERROR, ANY, 0, 999, SEND_CHANNEL_FAULT },
	{ CURLE_URL_MALFORMAT, ANY, 0, 999, SEND_CHANNEL_FAULT },
	/* http:// where only https:// may be; after the request: no HTTP at all. */
	{ CURLE_UNSUPPORTED_PROTOCOL, 0, 0, 999, SEND_CHANNEL_FAULT },
	{ ANY, 1, 0, 999, SEND_UNKNOWN },
	{ ANY, ANY, 0, 999, SEND_UNREACHABLE },
};

enum send_verdict
http_verdict(int curl_code, int status, bool said)
{
	const struct verdict_row *row = verdict_rows;

	while ((row->curl_code != ANY && row->curl_code != curl_code) ||
	       (row->said != ANY && row->said != (int)said) ||
	       status < row->low || status > row->high) {
		row++; /* the last row fits everything: a status has three digits */
	}
	return row->verdict;
}
