#!/bin/sh
# Other terminals: vt100 and linux by their terminfo, an unknown name, dumb.
. "$(dirname "$0")/lib.sh"
make_desk
open_shell
for name in vt100 linux putty-unknown; do
	keys "TERM=$name $SUCO --lang en --desk $WORK/desk.db" Enter
	wait_for "F7 new report"
	keys q
	wait_for "Leave suco?"
	keys Tab Enter
	wait_gone "F7 new report"
	keys "clear" Enter
	wait_gone "Leave"
done
keys "TERM=dumb $SUCO --lang en --desk $WORK/desk.db" Enter
wait_for "number: open"
keys 1 Enter
wait_for "write a note"
keys 1 Enter
wait_for "Note:"
keys "by line" Enter
wait_for "filed"
keys 0 Enter
wait_for "number: open"
keys q Enter
wait_for "ready>"
