# ./dev fuzz [SECONDS] [NAME...]: each target for so long, from its saved corpus
# and what earlier runs found in the build folder.  The tests run the saved
# corpus (tests/fuzz/); an input that crashed is kept there with its mend.
. "$root/tools/packages.sh"

seconds=60
case ${1:-} in
[0-9]*) seconds=$1; shift ;;
esac
need run test all
cd "$root"
build=$(build_folder build-fuzz)
CC=clang
export CC
configure "$build" -Dfuzz=true -Dbuildtype=debugoptimized \
	-Db_sanitize=address,undefined -Db_lundef=false
targets=$(cd tests/fuzz && ls fuzz_*.c | sed 's/^fuzz_//;s/\.c$//')
[ $# -eq 0 ] || targets=$*

failed=
for name in $targets; do
	ninja_quietly "$build" "tests/fuzz/fuzz_$name"
	saved=tests/fuzz/corpus/$name
	found=$build/corpus/$name
	mkdir -p "$found" "$build/crash"
	say "fuzz $name: $seconds s"
	log=$build/fuzz_$name.log
	if ! "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 \
		-rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="$build/crash/$name-" "$found" "$saved" \
		>"$log" 2>&1 </dev/null; then
		tail -n 40 "$log" >&2
		failed="$failed $name"
	fi
	grep -E 'number_of_executed_units|new_units_added' "$log" >&2 || :
done
[ -z "$failed" ] || die "found by the fuzzer (inputs in $build/crash):$failed"
