# ./dev run [ARGS]: the demo desk, from nothing.  Standard output is suco's.
. "$root/tools/packages.sh"

need run
build=$(build_folder build)
if [ ! -f "$build/build.ninja" ]; then
	say "Building in $build: once, about a minute."
	configure "$build"
fi
build_programs "$build"

# Each login has its own demo: a desk knows its members by their login.
demo=$build/demo-$(id -un)
if [ ! -f "$demo/ready" ]; then
	rm -rf "$demo"
	mkdir -p "$demo"
	"$build/cli/suco" --desk "$demo/desk.db" init --demo >&2 ||
		die "the demo desk could not be made"
	: >"$demo/ready"
fi
SUCO_DESK=$demo/desk.db
export SUCO_DESK
exec "$build/cli/suco" "$@"
