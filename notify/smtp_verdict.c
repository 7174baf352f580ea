/* smtp_verdict.c owns the table that says what became of a mail, by what
 * libcurl, the server and the place in the dialogue tell.  libcurl's own code
 * is often the same for "never" and "later": only the reply's number tells. */
#include <curl/curl.h>

#include "notify/smtp.h"

#define ANY (-1)

/* The first row that fits counts. */
static const struct verdict_row {
	int curl_code; /* or ANY */
	int low, high; /* of the response */
	enum smtp_stage from, to;
	enum send_verdict verdict;
} verdict_rows[] = {
	{ CURLE_OK, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_HANDED_OVER },
	{ ANY, 421, 421, SMTP_CONNECT, SMTP_SENT, SEND_UNREACHABLE },
	{ CURLE_LOGIN_DENIED, 400, 499, SMTP_CONNECT, SMTP_CONNECT, SEND_UNREACHABLE },
	{ CURLE_LOGIN_DENIED, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_USE_SSL_FAILED, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_PEER_FAILED_VERIFICATION, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_CACERT_BADFILE, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_CERTPROBLEM, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_CIPHER, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_SSL_ISSUER_ERROR, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_URL_MALFORMAT, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	{ CURLE_UNSUPPORTED_PROTOCOL, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	/* "530 authentication required" whatever it answers. */
	{ ANY, 530, 530, SMTP_CONNECT, SMTP_SENT, SEND_CHANNEL_FAULT },
	/* Everything was said, nothing came back. */
	{ ANY, 0, 399, SMTP_SENT, SMTP_SENT, SEND_UNKNOWN },
	{ ANY, 400, 499, SMTP_RCPT, SMTP_SENT, SEND_TEMPORARY },
	{ ANY, 500, 599, SMTP_RCPT, SMTP_SENT, SEND_PERMANENT },
	/* The sender is the same for every message: so is the refusal. */
	{ ANY, 400, 499, SMTP_CONNECT, SMTP_MAIL, SEND_UNREACHABLE },
	{ ANY, 500, 599, SMTP_CONNECT, SMTP_MAIL, SEND_CHANNEL_FAULT },
	/* Silence in mid-dialogue is this message's; the next finds out. */
	{ ANY, 0, 399, SMTP_RCPT, SMTP_DATA, SEND_TEMPORARY },
	{ ANY, 0, 999, SMTP_CONNECT, SMTP_SENT, SEND_UNREACHABLE },
};

enum send_verdict
smtp_verdict(int curl_code, int response, enum smtp_stage stage)
{
	const struct verdict_row *row = verdict_rows;

	while ((row->curl_code != ANY && row->curl_code != curl_code) ||
	       response < row->low || response > row->high ||
	       stage < row->from || stage > row->to) {
		row++; /* the last row fits everything */
	}
	return row->verdict;
}
