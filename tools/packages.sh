# What the tree needs from outside, by purpose, and how to get it.
# Sourced; expects common.sh.

# purpose | Debian packages (a,b: either) | how to see it elsewhere | its name
# run: to build and use; test: to test; all: what CI adds; bench: the peers.
needed() {
	cat <<-'TABLE'
	run|gcc,clang|cmd:cc|a C compiler (gcc 12 or clang 14, or newer)
	run|libc6-dev|hdr:stdlib.h|the C library's headers
	run|meson|cmd:meson|meson 1.0
	run|ninja-build|cmd:ninja|ninja
	run|pkgconf,pkg-config|cmd:pkg-config|pkg-config
	run|gettext|cmd:msgfmt|GNU gettext
	run|libncurses-dev|pc:ncursesw|ncurses, wide characters
	run|libsqlite3-dev|pc:sqlite3|SQLite 3.40
	run|libcjson-dev|pc:libcjson|cJSON
	run|libsodium-dev|pc:libsodium|libsodium
	run|libutf8proc-dev|pc:libutf8proc|utf8proc
	run|libinih-dev|pc:inih|inih
	run|libcurl4-openssl-dev,libcurl4-gnutls-dev,libcurl4-nss-dev|pc:libcurl|libcurl
	run|libgmime-3.0-dev|pc:gmime-3.0|GMime
	run|libmicrohttpd-dev|pc:libmicrohttpd|libmicrohttpd
	run|libnotify-dev|pc:libnotify|libnotify
	run|libpango1.0-dev|pc:pangocairo|Pango and cairo
	test|libcmocka-dev|pc:cmocka|cmocka
	test|libpq-dev|pc:libpq|libpq
	test|postgresql|cmd:psql|PostgreSQL 15
	test|sqlite3|cmd:sqlite3|the sqlite3 shell
	test|tmux|cmd:tmux|tmux
	test|python3|cmd:python3|Python 3
	test|python3-aiosmtpd|py:aiosmtpd|aiosmtpd
	test|openssl|cmd:openssl|the openssl command
	test|dbus|cmd:dbus-run-session|D-Bus
	test|dunst|cmd:dunst|dunst
	test|xvfb|cmd:Xvfb|Xvfb
	test|poppler-utils|cmd:pdftotext|the tools of Poppler
	test|binutils|cmd:readelf|binutils
	test|locales|file:/usr/share/i18n/locales/de_DE|the sources of the C library's locales
	test|procps|cmd:ps|procps
	all|gcc|cmd:gcc|gcc
	all|clang|cmd:clang|clang
	all|libclang-rt-dev,libclang-rt-14-dev|rt:fuzzer|clang's run-time libraries
	all|chromium|cmd:chromium|Chromium
	all|valgrind|cmd:valgrind|valgrind
	all|dovecot-imapd|cmd:dovecot|Dovecot's IMAP server
	all|khal|cmd:khal|khal
	all|python3-icalendar|py:icalendar|icalendar for Python
	all|python3-jsonschema|py:jsonschema|jsonschema for Python
	all|python3-yaml|py:yaml|PyYAML
	bench|taskwarrior|cmd:task|taskwarrior
	bench|fossil|cmd:fossil|fossil
	bench|tig|cmd:tig|tig
	bench|htop|cmd:htop|htop
	bench|git|cmd:git|git
	TABLE
}


# Without dpkg the thing itself is looked for.
seen() {
	what=${1#*:}
	case $1 in
	cmd:*) have "$what" ;;
	pc:*) pkg-config --exists "$what" 2>/dev/null ;;
	py:*) python3 -c "import $what" 2>/dev/null ;;
	hdr:*) printf '#include <%s>\n' "$what" | cc -E -x c - >/dev/null 2>&1 ;;
	file:*) [ -e "$what" ] ;;
	rt:*) echo 'int x;' | clang -fsanitize="$what" -x c -shared -o /dev/null - \
		>/dev/null 2>&1 ;;
	esac
}

# The packages of the named purposes that are not here, one a line.
missing_packages() {
	known=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 2>/dev/null |
		sed -n 's/ installed$//p')
	needed | while IFS='|' read -r purpose packages probe name; do
		case " $* " in
		*" $purpose "*) ;;
		*) continue ;;
		esac
		found=no
		for package in $(echo "$packages" | tr , ' '); do
			case "
$known
" in
			*"
$package
"*) found=yes ;;
			esac
		done
		[ "$found" = yes ] || echo "${packages%%,*}"
	done
}

missing_names() {
	needed | while IFS='|' read -r purpose packages probe name; do
		case " $* " in
		*" $purpose "*) seen "$probe" || echo "  $name" ;;
		esac
	done
}

# Runs apt-get as root, by whichever way there is.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif have sudo && sudo -n true 2>/dev/null; then
		sudo "$@"
	elif have sudo && [ -t 0 ]; then
		sudo "$@"
	else
		return 125
	fi
}

may_install() {
	[ "$(id -u)" -eq 0 ] && return 0
	have sudo || return 1
	sudo -n true 2>/dev/null || [ -t 0 ]
}

apt_install() {
	line="apt-get update && apt-get install -y --no-install-recommends $*"
	may_install || {
		say "Needed, and not here: $*"
		say "Ask an administrator for this one line:"
		say "  $line"
		exit 1
	}
	say "Installing with apt: $*"
	log=$(mktemp)
	# A fresh machine has no lists yet, an old one has stale ones.
	if ! as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends "$@" \
		</dev/null >"$log" 2>&1; then
		as_root apt-get update </dev/null >>"$log" 2>&1 || :
		if ! as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y --no-install-recommends "$@" \
			</dev/null >"$log" 2>&1; then
			tail -n 15 "$log" >&2
			rm -f "$log"
			die "apt could not install what is missing"
		fi
	fi
	rm -f "$log"
}

# need PURPOSE...: returns only when everything for it is here.
need() {
	if have dpkg-query && have apt-get; then
		missing=$(missing_packages "$@")
		[ -z "$missing" ] || apt_install $(echo "$missing" | sort -u)
		return 0
	fi
	missing=$(missing_names "$@")
	if [ -n "$missing" ]; then
		say "This system has no apt. Please install, by their own names:"
		say "$missing"
		exit 1
	fi
}
