# ./dev bench [--quick] [PART...]: the release build and its peers in one run, one row a
# figure (tests/bench/bench.py).  No time is asserted: short is told.
. "$root/tools/packages.sh"

for word in "$@"; do
	case $word in
	--quick | [a-z]*) ;;
	*)
		say "usage: ./dev bench [--quick] [PART...]"
		exit 2
		;;
	esac
done
need run test bench
build=$(build_folder build-bench)
configure "$build"
ninja_quietly "$build" programs \
	$(sed -n "s/^executable('\([a-z_0-9]*\)'.*/tests\/bench\/\1/p" \
		"$root/tests/bench/meson.build")
work=$build/bench-work
# The desks are the same every time: they stay for the next run.
mkdir -p "$work"
python3 "$root/tests/bench/bench.py" "$build" "$work" "$@" </dev/null
