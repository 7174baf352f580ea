#!/bin/sh
# Start, move, resize, suspend and resume, quit: the terminal is given back.
. "$(dirname "$0")/lib.sh"
make_desk
open_shell
start_suco
wait_for "Mất điện Trung tâm"
t resize-window -x 120 -y 40
wait_for "NEXT STEP"
t resize-window -x 30 -y 6
wait_for "Nothing is lost"
t resize-window -x 80 -y 24
wait_for "F7 new report"
keys C-z
wait_for "Stopped"
keys "echo still-$((1 + 1)) here" Enter
wait_for "still-2 here"
keys "fg" Enter
wait_for "F7 new report"
keys C-c
keys C-c
wait_for "Leave suco?"
keys Tab Enter
wait_gone "F7 new report"
keys "stty -a | grep -c ' icanon'" Enter
wait_for "1"
