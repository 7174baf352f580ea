#!/bin/sh
# A bracketed paste of Vietnamese text with keys in it goes into the field; in
# command context it does nothing.
. "$(dirname "$0")/lib.sh"
make_desk
open_shell
start_suco
printf 'q\nm\nMất điện' >"$WORK/paste"
t load-buffer "$WORK/paste"
t paste-buffer -p
wait_for "put aside"
keys Enter
wait_for "TIMELINE"
keys c
wait_for "Note *"
t paste-buffer -p
wait_for "Mất điện"
keys F10
wait_for "note on 2026"
"$SUCO" --lang en --desk "$WORK/desk.db" timeline 1 | grep -q "Mất điện" || fail "not filed"
