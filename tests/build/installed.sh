#!/bin/sh
# What is installed works where it is installed, and is hardened.
# usage: installed.sh BUILD-FOLDER
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

meson install -C "$build" --no-rebuild --quiet --destdir "$stage" >"$stage/log" 2>&1 || {
	cat "$stage/log"
	exit 1
}
suco=$(find "$stage" -type f -name suco -perm -u+x -path '*/bin/*')
[ -n "$suco" ] || { echo 'no suco was installed'; exit 1; }
programs=$(find "$stage" -type f -perm -u+x \( -path '*/bin/*' -o -path '*/libexec/*' \))
sh "$here/hardening.sh" $programs
sh "$here/links.sh" "$suco"

# It finds its data and language outside of the build tree too.
share=${suco%/bin/suco}/share
[ -f "$share/locale/vi/LC_MESSAGES/suco.mo" ] || { echo 'no Vietnamese was installed'; exit 1; }
[ -f "$share/suco/plans/pa-md.vi.json" ] || { echo 'no plan was installed'; exit 1; }
SUCO_DATA=$share/suco
SUCO_LIBEXEC=${suco%/bin/suco}/libexec/suco
export SUCO_DATA SUCO_LIBEXEC
mkdir "$stage/home"
HOME=$stage/home
export HOME
unset XDG_DATA_HOME XDG_CONFIG_HOME SUCO_DESK
"$suco" --desk "$stage/home/desk.db" init >"$stage/log" 2>&1 || {
	cat "$stage/log"
	exit 1
}
"$suco" --desk "$stage/home/desk.db" verify --replay
