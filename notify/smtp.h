/* smtp.h - the `mail` channel: SMTP by libcurl, many mails under way. */
#ifndef NOTIFY_SMTP_H
#define NOTIFY_SMTP_H

#include "notify/channel.h"

/* How far the dialogue had come: the last thing that we said. */
enum smtp_stage {
	SMTP_CONNECT, /* up to and with AUTH */
	SMTP_MAIL,
	SMTP_RCPT,
	SMTP_DATA,    /* and while the text goes */
	SMTP_SENT,    /* the text and its final dot are out */
};

/* What became of a mail (oncall.md 4.9): curl_code is a CURLcode, response the
 * last SMTP code that came, 0 for none.  Pure. */
enum send_verdict smtp_verdict(int curl_code, int response, enum smtp_stage stage);

#endif
