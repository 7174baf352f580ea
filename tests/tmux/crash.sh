#!/bin/sh
# kill -9 in the middle of a sentence: the next start offers the sentence.
# SIGABRT: the terminal is given back clean.  SIGHUP: the draft is kept at once.
. "$(dirname "$0")/lib.sh"
make_desk
open_shell
start_suco
keys Enter
wait_for "TIMELINE"
keys c
wait_for "Note *"
t send-keys -l "Điện lực báo đang đóng lại"
wait_for "đang đóng lại"
tries=0
until ls "$XDG_STATE_HOME"/suco/drafts/*.draft >/dev/null 2>&1; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || fail "no draft on disk"
	sleep 0.05
done
pkill_own() {
	kill "$1" "$(pgrep -f "^$SUCO --lang en --desk $WORK/desk.db")"
}
pkill_own -9
wait_for "Killed"
keys "stty sane; tput rmcup; clear" C-j
wait_gone "Killed"
keys "$SUCO --lang en --desk $WORK/desk.db" Enter
wait_for "drafts: 1 kept"
keys Enter
wait_for "Note *"
wait_for "đang đóng lại"
keys F10
wait_for "note on 2026"
[ -z "$(ls "$XDG_STATE_HOME"/suco/drafts/ | grep draft || true)" ] || fail "the draft stayed"

# A crash leaves no raw terminal.
pkill_own -ABRT
wait_for "Abort"
keys "echo back-$((2 + 2))" Enter
wait_for "back-4"

# A terminal that goes away: the draft is there within a moment.
keys "clear" Enter
start_suco
keys Enter
wait_for "TIMELINE"
keys c
wait_for "Note *"
t send-keys -l "nửa câu"
wait_for "nửa câu"
pkill_own -HUP
tries=0
until grep -qs "nửa câu" "$XDG_STATE_HOME"/suco/drafts/*.draft; do
	tries=$((tries + 1))
	[ $tries -lt 20 ] || fail "no draft after SIGHUP"
	sleep 0.05
done
