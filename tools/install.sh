# ./dev install [--prefix DIR] [--destdir DIR] [--uninstall]: programs, data,
# unit, manual, completions; on the running system as root also the group, the
# user and the folders of a team's desk.  Uninstalling leaves desks,
# configuration, user and group.
. "$root/tools/packages.sh"

prefix=/usr/local
destdir=
uninstall=no
while [ $# -gt 0 ]; do
	case $1 in
	--prefix=*) prefix=${1#*=} ;;
	--destdir=*) destdir=${1#*=} ;;
	--prefix | --destdir)
		[ $# -ge 2 ] || die "$1 wants a folder"
		[ "$1" = --prefix ] && prefix=$2 || destdir=$2
		shift
		;;
	--uninstall) uninstall=yes ;;
	*) say "usage: ./dev install [--prefix DIR] [--destdir DIR] [--uninstall]"; exit 2 ;;
	esac
	shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
case $destdir in '' | /*) ;; *) destdir=$PWD/$destdir ;; esac
manifest=$destdir$prefix/share/suco/install.manifest

# The nearest folder that is there decides who may write.
writable() {
	folder=$1
	while [ ! -e "$folder" ]; do
		folder=$(dirname "$folder")
	done
	[ -w "$folder" ]
}

if ! writable "$destdir$prefix"; then
	line="$root/dev install --prefix $prefix${destdir:+ --destdir $destdir}"
	[ "$uninstall" = no ] || line="$line --uninstall"
	if have sudo && [ -t 0 ]; then
		say "$destdir$prefix belongs to root: going on through sudo"
		exec sudo $line
	fi
	say "$destdir$prefix is not yours to write. Ask an administrator for this one line:"
	say "  $line"
	exit 1
fi

if [ "$uninstall" = yes ]; then
	[ -f "$manifest" ] || die "nothing was installed under $destdir$prefix"
	if [ -z "$destdir" ] && [ "$(id -u)" -eq 0 ] && have systemctl; then
		systemctl disable --now suco-serve.service >/dev/null 2>&1 || :
	fi
	while IFS= read -r file; do
		rm -f "$destdir$file"
	done <"$manifest"
	# Folders of ours that are empty now, deepest first.
	sed -n 's,/[^/]*$,,p' "$manifest" | sort -ru | while IFS= read -r folder; do
		while [ "$folder" != "$prefix" ] && rmdir "$destdir$folder" 2>/dev/null; do
			folder=${folder%/*}
		done
	done
	rm -f "$manifest"
	rmdir "$destdir$prefix/share/suco" 2>/dev/null || :
	say "Removed from $destdir$prefix. Left: /var/lib/suco, /etc/suco, user and group suco."
	exit 0
fi

need run
build=$(build_folder build-install)
configure "$build" -Dprefix="$prefix" -Dsysconfdir=/etc -Dlocalstatedir=/var \
	-Dtests=false
say "Building suco: some minutes the first time"
ninja_quietly "$build"
if [ -n "$destdir" ]; then
	meson install -C "$build" --quiet --no-rebuild --destdir "$destdir" >&2
else
	meson install -C "$build" --quiet --no-rebuild >&2
fi
sed '/^#/d' "$build/meson-logs/install-log.txt" | while IFS= read -r file; do
	[ -d "$file" ] || printf '%s\n' "${file#"$destdir"}"
done >"$manifest"
say "Installed under $destdir$prefix"

# A staged or private installation makes no accounts.
if [ -n "$destdir" ] || [ "$(id -u)" -ne 0 ]; then
	[ -n "$destdir" ] || say "Without root no group, no /var/lib/suco, no /etc/suco: for one person's desk."
	exit 0
fi
getent group suco >/dev/null || groupadd --system suco
getent passwd suco >/dev/null || useradd --system --gid suco --no-create-home \
	--home-dir /var/lib/suco --shell /usr/sbin/nologin suco
# setgid: what a member makes there belongs to the group, not to the member.
install -d -o root -g suco -m 2770 /var/lib/suco
install -d -o root -g root -m 0755 /etc/suco
if [ ! -e /etc/suco/suco.conf ]; then
	install -o root -g root -m 0644 \
		"$prefix/share/suco/suco.conf.example" /etc/suco/suco.conf
fi
if have systemctl && [ -d /run/systemd/system ]; then
	systemctl daemon-reload || :
fi
cat >&2 <<'TEXT'
Next:
  suco --desk /var/lib/suco/desk.db init --group suco   the team's desk
  adduser LOGIN suco                     each member, and: suco member add LOGIN ...
  systemctl enable --now suco-serve      deliver messages (set [mail] in /etc/suco/suco.conf first)
TEXT
