#!/bin/sh
# What suco links it pays for at every start: directly the six light libraries
# and libc, and through them nothing heavy (DESIGN 3).
# The engine too links only what it needs at rest: libcurl and gmime come with the
# first channel that wants them (12 MB resident is its limit).
# usage: links.sh SUCO [SUCO-SERVE]
set -eu
suco=$(realpath "$1")

direct=$(readelf -d "$suco" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
[ -n "$direct" ] || { echo "$suco: no direct libraries could be read"; exit 1; }
status=0
for library in $direct; do
	case $library in
	libncursesw.so.* | libtinfo.so.* | libsqlite3.so.* | libcjson.so.* | \
		libsodium.so.* | libutf8proc.so.* | libinih.so.*) ;;
	libc.so.* | libm.so.* | libpthread.so.* | libdl.so.* | ld-linux*) ;;
	# A build with sanitizers.
	libasan.so.* | libubsan.so.* | libgcc_s.so.* | librt.so.*) ;;
	*)
		echo "$suco links $library"
		status=1
		;;
	esac
done
heavy=$(ldd "$suco" | grep -E \
	'lib(curl|gnutls|ssl|crypto|gio|glib|gobject|notify|pq|microhttpd|gmime|pango|cairo|xml2)' || :)
if [ -n "$heavy" ]; then
	echo "loaded with $suco:"
	echo "$heavy"
	status=1
fi
if [ $# -gt 1 ]; then
	late=$(ldd "$2" | grep -E 'lib(curl|gmime|glib|ssl|crypto|notify|pq)' || :)
	if [ -n "$late" ]; then
		echo "loaded with $2, before it is needed:"
		echo "$late"
		status=1
	fi
fi
exit $status
