# lib.sh: suco in a real terminal.  A private tmux server, a fresh desk, no
# sleep but a poll with a deadline; on failure the pane is printed.
set -eu
SUCO=$1
WORK=$(mktemp -d /tmp/suco-tmux-XXXXXX)
TMUX_TMPDIR=$WORK
XDG_STATE_HOME=$WORK/state
XDG_CONFIG_HOME=$WORK/config
XDG_DATA_HOME=$WORK/data
LC_ALL=C.UTF-8
export TMUX_TMPDIR XDG_STATE_HOME XDG_CONFIG_HOME XDG_DATA_HOME LC_ALL
unset TMUX SSH_CONNECTION NO_COLOR 2>/dev/null || true

for tool in tmux pgrep; do
	command -v $tool >/dev/null || { echo "no $tool"; exit 77; }
done

t() {
	tmux -L suco -f /dev/null "$@"
}

finish() {
	status=$?
	t kill-server 2>/dev/null || true
	rm -rf "$WORK"
	exit $status
}
trap finish EXIT
trap 'exit 1' INT TERM

pane() {
	t capture-pane -p
}

fail() {
	echo "$1"
	pane || true
	exit 1
}

# wait_for TEXT: at most ten seconds.
wait_for() {
	tries=0
	until pane | grep -qF -- "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || fail "never seen: $1"
		sleep 0.05
	done
}

wait_gone() {
	tries=0
	while pane | grep -qF -- "$1"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || fail "still there: $1"
		sleep 0.05
	done
}

keys() {
	t send-keys "$@"
}

make_desk() {
	"$SUCO" --lang en --desk "$WORK/desk.db" init --name "Test desk" >/dev/null
	"$SUCO" --lang en --desk "$WORK/desk.db" new --kind power \
		--title "Mất điện Trung tâm dữ liệu tỉnh" >/dev/null
}

# A shell in tmux, so that job control is there.
open_shell() {
	t new-session -d -x 80 -y 24 "env PS1='ready> ' ENV= sh -i"
	wait_for "ready>"
}

start_suco() {
	keys "$SUCO --lang en --desk $WORK/desk.db $*" Enter
	wait_for "? all keys"
}
