# Words to the person and where builds live.  Sourced; expects $root.

say() {
	printf '%s\n' "$*" >&2
}

die() {
	say "dev: $*"
	exit 1
}

have() {
	command -v "$1" >/dev/null 2>&1
}

# The folder for a build.  One that belongs to another login is left alone:
# a build by root must not lock its owner out, nor the other way round.
build_folder() {
	if [ -e "$root/$1" ] && [ ! -O "$root/$1" ]; then
		printf '%s\n' "$root/$1-$(id -un)"
	else
		printf '%s\n' "$root/$1"
	fi
}

# configure FOLDER OPTION...: set up once, and again when the options or the
# place of the clone are no longer those it was set up with.
configure() {
	folder=$1
	shift
	stamp="$root $*"
	if [ -f "$folder/build.ninja" ]; then
		if [ ! -f "$folder/.dev-options" ] ||
			[ "$(cat "$folder/.dev-options")" = "$stamp" ]; then
			return 0
		fi
		rm -rf "$folder"
	fi
	mkdir -p "$folder" 2>/dev/null ||
		die "cannot write to $root: clone into a folder of your own"
	log=$folder/.dev-setup.log
	if ! meson setup "$folder" "$root" "$@" >"$log" 2>&1; then
		tail -n 25 "$log" >&2
		die "meson could not set up $folder (whole log: $log)"
	fi
	printf '%s' "$stamp" >"$folder/.dev-options"
}

# ninja_quietly FOLDER TARGET...: its words only where there is something to say.
ninja_quietly() {
	where=$1
	shift
	if ! ninja -C "$where" --quiet "$@" >"$where/.dev-build.log" 2>&1; then
		cat "$where/.dev-build.log" >&2
		die "the build failed"
	fi
}

# The parts of the tree that people run, without its tests.
build_programs() {
	ninja_quietly "$1" programs
}
