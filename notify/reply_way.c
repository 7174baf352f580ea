/* reply_way.c marks mails so that a plain reply from any phone finds its message. */
#include "notify/reply_way.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "notify/mime.h"

void
reply_way_open(struct reply_way *way, const struct config *config)
{
	bool read = config != NULL && config_get(config, CONFIG_INBOX_URL)[0] != '\0';
	const char *address = read ? config_get(config, CONFIG_INBOX_ADDRESS) : "";

	*way = (struct reply_way){ .read = read,
		.address = xstrdup(mime_address_ok(address) ? address : "") };
}

void
reply_way_close(struct reply_way *way)
{
	free(way->address);
	*way = (struct reply_way){ 0 };
}

/* NULL where the mailbox has no such address, or it would be too long for one. */
static char *
plus_address(const struct reply_way *way, const char *tag)
{
	const char *at = strchr(way->address, '@');
	char *out;

	if (at == NULL) {
		return NULL;
	}
	out = xasprintf("%.*s+%s%s", (int)(at - way->address), way->address, tag, at);
	if (!mime_address_ok(out)) {
		free(out);
		return NULL;
	}
	return out;
}

/* What is to be written is said where somebody reads it. */
static char *
with_words(const struct outgoing *mail)
{
	const char *end = mail->text + strlen(mail->text);

	return xasprintf("%s%s\n%s\n", mail->text,
		end > mail->text && end[-1] == '\n' ? "" : "\n",
		i18n_in(mail->language == NULL ? "" : mail->language,
			N_("Or reply to this mail; first line: TAKE, CANNOT, or PASS and a"
				" login.")));
}

void
reply_way_write(struct buf *out, const struct reply_way *way, const char *from,
	const char *from_name, const struct outgoing *mail)
{
	struct outgoing m = *mail;
	bool asks = mail->acts != NULL;
	const char *domain = strchr(mail->message_id, '@');
	char *reference = NULL;
	char *to = NULL;
	char *subject = NULL;
	char *text = NULL;

	if (way->read && mail->answer_tag != NULL) {
		reference = xasprintf("<ans-%s%s", mail->answer_tag,
			domain == NULL ? ">" : domain);
		to = plus_address(way, mail->answer_tag);
		m.reply_mark = reference;
		m.reply_to = to;
		if (to == NULL && way->address[0] != '\0') {
			m.reply_to = way->address;
		}
		if (to == NULL && asks) {
			m.subject = subject = xasprintf("%s #%s", mail->subject,
				mail->answer_tag);
		}
		if (asks) {
			m.text = text = with_words(mail);
		}
	}
	mime_write(out, from, from_name, &m);
	free(reference);
	free(to);
	free(subject);
	free(text);
}
