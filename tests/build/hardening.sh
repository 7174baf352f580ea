#!/bin/sh
# The usual hardening is in what people install, asked of the files themselves.
# usage: hardening.sh PROGRAM...   (of a release build)
set -eu

status=0
lacks() {
	echo "$1: $2"
	status=1
}

for program in "$@"; do
	readelf -h "$program" | grep -q 'Type:.*DYN' || lacks "$program" 'is no PIE'
	case $program in
	*.so) ;; # a part that a program loads
	*) readelf -d "$program" | grep -q 'FLAGS_1.*PIE' || lacks "$program" 'is no PIE' ;;
	esac
	readelf -lW "$program" | grep -q GNU_RELRO || lacks "$program" 'has no RELRO'
	readelf -d "$program" | grep -Eq 'BIND_NOW|FLAGS_1.*NOW' ||
		lacks "$program" 'binds lazily: RELRO is partial'
	readelf -lW "$program" | grep -q 'GNU_STACK.*RW ' ||
		lacks "$program" 'has an executable stack'
	symbols=$(readelf -sW --dyn-syms "$program")
	case $symbols in
	*__stack_chk_fail*) ;;
	*) lacks "$program" 'has no stack protector' ;;
	esac
	case $symbols in
	*_chk@*) ;;
	*) lacks "$program" 'is not fortified' ;;
	esac
	if readelf -d "$program" | grep -Eq 'RPATH|RUNPATH'; then
		lacks "$program" 'has a run path'
	fi
done
exit $status
