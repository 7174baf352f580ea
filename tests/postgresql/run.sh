#!/bin/sh
# Starts a private PostgreSQL (own folder, Unix socket, a plain user), loads the
# schema and PREPAREs every statement.  usage: run.sh STATEMENTS SCHEMA
set -u
statements=$1
schema=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "skipped: PostgreSQL is not installed (package postgresql)"
  exit 77
fi
work=$(mktemp -d /tmp/suco-pg.XXXXXX) || exit 1
as() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  # PostgreSQL refuses root.
  chown nobody "$work"
  as() { setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$work" "$@"; }
fi
stop() {
  as "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
cp "$schema" "$work/schema.sql" && chmod 644 "$work/schema.sql"
"$statements" >"$work/statements.sql" || exit 1
chmod 644 "$work/statements.sql"
cd "$work" || exit 1
as "$bin/initdb" -D "$work/data" -A trust -E UTF8 --locale=C.UTF-8 -U suco >"$work/initdb.log" 2>&1 || {
  cat "$work/initdb.log"
  exit 1
}
as "$bin/pg_ctl" -D "$work/data" -w -t 60 -l "$work/data/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$work' -c fsync=off" start >/dev/null || {
  cat "$work/data/log"
  exit 1
}
psql="$bin/psql"
[ -x "$psql" ] || psql=psql
run() { as "$psql" -X -q -v ON_ERROR_STOP=1 -h "$work" -U suco -d postgres "$@"; }
run -f "$work/schema.sql" || exit 1
run -f "$work/statements.sql" >"$work/named" 2>"$work/errors" || {
  echo "statement $(tail -n 1 "$work/named"):"
  cat "$work/errors"
  exit 1
}
echo "$(wc -l <"$work/named") statements prepared"
# The same tables and columns on both engines (the index columns are PostgreSQL's own).
run -At -c "SELECT table_name || '.' || column_name FROM information_schema.columns
  WHERE table_schema = 'public' AND data_type <> 'tsvector' ORDER BY 1" >"$work/pg" || exit 1
if command -v sqlite3 >/dev/null; then
  sqlite3 :memory: ".read $(dirname "$schema")/sqlite.sql" \
    "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE 'search\_marked%' ESCAPE '\\'
       AND m.name NOT LIKE 'search\_folded%' ESCAPE '\\' ORDER BY 1" | LC_ALL=C sort >"$work/lite"
  LC_ALL=C sort "$work/pg" | diff - "$work/lite" || {
    echo "the two editions of the schema differ"
    exit 1
  }
fi
