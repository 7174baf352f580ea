/* clip.c owns OSC 52: the length that terminals take, the envelopes
 * of tmux and screen. */
#include "tui/clip.h"

#include "core/base64.h"

#define CLIP_MAX 74994

bool
clip_sequence(struct buf *out, const char *text, size_t len, enum clip_wrap wrap)
{
	struct buf body = { 0 };
	const char *data;

	if ((len + 2) / 3 * 4 > CLIP_MAX) {
		return false;
	}
	base64_encode(&body, text, len);
	data = buf_text(&body);
	switch (wrap) {
	case CLIP_TMUX:
		buf_addf(out, "\033Ptmux;\033\033]52;c;%s\a\033\\", data);
		break;
	case CLIP_SCREEN:
		/* screen takes at most 768 bytes in one envelope. */
		buf_adds(out, "\033P\033]52;c;");
		for (size_t at = 0; at < body.len; at += 76) {
			size_t part = body.len - at < 76 ? body.len - at : 76;

			buf_adds(out, at == 0 ? "" : "\033\\\033P");
			buf_add(out, data + at, part);
		}
		buf_adds(out, "\a\033\\");
		break;
	case CLIP_PLAIN:
		buf_addf(out, "\033]52;c;%s\a", data);
		break;
	}
	buf_free(&body);
	return true;
}
