# ./dev test [--all] [NAME...]: builds with sanitizers, runs the tests.  The
# last line is alone: N passed, N failed, N skipped.
. "$root/tools/packages.sh"

all=no
if [ "${1:-}" = --all ]; then
	all=yes
	shift
fi
case ${1:-} in
-*) say "usage: ./dev test [--all] [NAME...]"; exit 2 ;;
esac

LC_ALL=C.UTF-8
export LC_ALL
results=$(mktemp)
trap 'rm -f "$results"' EXIT
trap 'exit 130' INT TERM

# stage NAME COMMAND...: one line of results; the log only when it failed.
stage() {
	name=$1
	shift
	log=$logs/$(echo "$name" | tr ' /' '--').log
	began=$(date +%s)
	if ("$@") >"$log" 2>&1 </dev/null; then
		verdict=ok
	else
		verdict=failed
		tail -n 60 "$log" >&2
	fi
	say "$name: $verdict, $(($(date +%s) - began)) s"
	printf 'stage\t%s\t%s\n' "$verdict" "$name" >>"$results"
}

# built FOLDER OPTION...: set up and build.
built() {
	folder=$1
	configure "$@"
	ninja -C "$folder"
}

# tests FOLDER MESON-TEST-ARGUMENT...: what they did goes to the results.
tests() {
	folder=$1
	shift
	rm -f "$folder/meson-logs/testlog.json"
	meson test -C "$folder" --no-rebuild --print-errorlogs --quiet "$@" \
		</dev/null || :
	printf 'log\t%s\n' "$folder/meson-logs/testlog.json" >>"$results"
}

if [ "$all" = yes ]; then
	need run test all
else
	need run test
fi
asan=$(build_folder build-asan)
logs=$asan-logs
mkdir -p "$logs" 2>/dev/null || die "cannot write to $root"

if [ "$all" = yes ]; then
	gcc=$(build_folder build-gcc)
	clang=$(build_folder build-clang)
	CC=gcc
	export CC
	stage "build with gcc, no warning" built "$gcc" -Dwerror=true
	CC=clang
	stage "build with clang, no warning" built "$clang" -Dwerror=true \
		-Dbuildtype=debugoptimized
	unset CC
	stage lint python3 "$root/tests/lint/lint.py"
fi

stage "build with sanitizers" built "$asan" -Dbuildtype=debug \
	-Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false
if [ -f "$asan/build.ninja" ]; then
	tests "$asan" "$@"
fi
if [ "$all" = yes ] && [ -f "$gcc/build.ninja" ]; then
	tests "$gcc" --suite release --suite valgrind
fi

demand=
[ "$all" = no ] || demand=--no-skips
python3 "$root/tools/summary.py" $demand "$results"
