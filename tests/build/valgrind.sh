#!/bin/sh
# A case from its first line to the proof, under valgrind: no bad read, no leak.
# usage: valgrind.sh SUCO
set -eu
suco=$(realpath "$1")
command -v valgrind >/dev/null 2>&1 || { echo 'skipped: valgrind is not here'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HOME=$work
SUCO_DESK=$work/desk.db
LC_ALL=C.UTF-8
export HOME SUCO_DESK LC_ALL
unset XDG_DATA_HOME XDG_CONFIG_HOME

watched() {
	status=0
	valgrind --quiet --error-exitcode=99 --leak-check=full \
		--show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect \
		--log-file="$work/valgrind" "$suco" "$@" >"$work/out" 2>&1 || status=$?
	if [ "$status" -ne 0 ] || [ -s "$work/valgrind" ]; then
		echo "suco $*: exit $status"
		cat "$work/out" "$work/valgrind"
		exit 1
	fi
}

watched help
watched init
watched new --kind power --title 'Mất điện trạm chính'
watched ack 1
watched note 1 'còn 45 phút ắc quy'
watched severity 1 3 --reason 'không có máy phát'
watched list --open --json
watched show 1 --json
watched timeline 1
watched search 'mat dien'
watched verify --replay
