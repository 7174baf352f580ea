#!/bin/sh
# What somebody else does is seen in an open case although keys keep coming.
. "$(dirname "$0")/lib.sh"
make_desk
open_shell
start_suco
keys Enter
wait_for "Owner"
"$SUCO" --lang en --desk "$WORK/desk.db" set 1 "title=Named by the other terminal" >/dev/null
tries=0
until pane | grep -qF "Named by the other terminal"; do
	tries=$((tries + 1))
	[ $tries -lt 40 ] || fail "the other's change is not shown while keys come"
	keys Down
	sleep 0.1
done
