#!/bin/sh
# Backup hook for Apus: dump the database into a directory, and prove that the dump can be read.
#
#   pg_dump.sh [DIRECTORY]       DIRECTORY must exist; default: $APUS_ARTIFACT_DIR
#   APUS_BACKUP_KEEP=N           keep this database's newest N dumps, delete the older ones
#                                (pass it on with --backup-env APUS_BACKUP_KEEP)
#
# Standard output gets one JSON document, standard error everything else.
# Exit 0: the dump is on disk. 75: a retry may help. Anything else: no backup, migrate nothing.
# docs/hooks.md has the contract.

set -eu
umask 077
export LC_ALL=C                                   # the messages below are matched in English
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"

say() { printf 'pg_dump.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# --- what we were given

[ $# -le 1 ] || fail "usage: pg_dump.sh [DIRECTORY]"
[ "${APUS_HOOK:-}" = backup ] || fail "this is a backup hook, but APUS_HOOK is '${APUS_HOOK:-}'"
[ "${APUS_HOOK_API:-}" = 1 ] || fail "this hook speaks version 1 of the contract, APUS_HOOK_API is '${APUS_HOOK_API:-}'"

run_id=${APUS_RUN_ID:-}
case $run_id in
'' | *[!A-Za-z0-9_-]*) fail "APUS_RUN_ID must be letters, digits, '-' and '_', it is '$run_id'" ;;
esac

server=${APUS_SERVER_VERSION_NUM:-}
case $server in
'' | *[!0-9]*) fail "APUS_SERVER_VERSION_NUM must be a number, it is '$server'" ;;
esac

keep=${APUS_BACKUP_KEEP:-}
case $keep in
*[!0-9]* | 0*) fail "APUS_BACKUP_KEEP must be a positive number, it is '$keep'" ;;
esac

database=${PGDATABASE:-}
[ -n "$database" ] || fail "PGDATABASE is not set"

directory=${1:-${APUS_ARTIFACT_DIR:-}}
[ -n "$directory" ] || fail "no target: name a directory as the first argument or in APUS_ARTIFACT_DIR"
# Not created here: a directory that is missing is most often a volume that is not mounted.
[ -d "$directory" ] || fail "$directory is not a directory"
[ -w "$directory" ] || fail "$directory is not writable for uid $(id -u)"
directory=$(CDPATH='' cd -P -- "$directory" && pwd)

case $directory$database in
*[[:cntrl:]]*) fail "control characters in the name of the directory or the database" ;;
esac

# --- pg_dump refuses servers newer than itself; say so before it tries

version=$(pg_dump --version) || fail "pg_dump is missing or does not start"
version=${version#"pg_dump (PostgreSQL) "}
version=${version%% *}
client_major=${version%%[!0-9]*}
server_major=$((server / 10000))
[ -n "$client_major" ] || fail "cannot tell the version of pg_dump"
[ "$client_major" -ge "$server_major" ] ||
    fail "pg_dump $version is too old for a PostgreSQL $server_major server: use an image with pg_dump $server_major or newer"

# --- whatever ends this script, only a finished dump stays

created=$(date -u +%Y-%m-%dT%H:%M:%SZ)
stamp=$(printf '%s' "$created" | tr -d ':-')
label=$(printf '%s' "$database" | tr -c 'A-Za-z0-9._-' _)
file=$directory/$label-$stamp-$run_id.dump
messages=$file.messages
unfinished=$file.tmp
child=

finish() {
    status=$?
    trap - EXIT
    trap '' HUP INT TERM
    if [ -n "$child" ]; then
        kill "$child" 2>/dev/null || :
        wait "$child" 2>/dev/null || :
    fi
    rm -f -- "$messages" ${unfinished:+"$unfinished"}
    exit "$status"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background: a shell that waits for a foreground program does not hear signals.
run() {
    "$@" </dev/null >/dev/null 2>"$messages" &
    child=$!
    result=0
    wait "$child" || result=$?
    child=
    cat -- "$messages" >&2
    return "$result"
}

# A server with other languages for its messages gives 1 instead of 75, which is the safe way to be wrong.
temporary='statement timeout|lock timeout|Connection refused|Connection timed out|timeout expired'
temporary="$temporary|Temporary failure in name resolution|server closed the connection unexpectedly"
temporary="$temporary|the database system is (starting up|shutting down|in recovery mode)"
temporary="$temporary|too many clients already|remaining connection slots are reserved"

# --- dump, read back, put in place

say "dumping $database into $directory with pg_dump $version"
run pg_dump -Fc -w --lock-wait-timeout=30s --file="$unfinished" || {
    if grep -Eq "$temporary" "$messages"; then
        say "no backup for now, a retry may help"
        exit 75
    fi
    fail "pg_dump failed"
}

# Not `pg_restore --list`: it reads the table of contents only and accepts a dump that was cut short.
run pg_restore -f /dev/null "$unfinished" || fail "the dump cannot be read back"

size=$(wc -c <"$unfinished" | tr -d ' ')
[ "$size" -gt 0 ] || fail "the dump is empty"
sha256=$(sha256sum <"$unfinished")
sha256=${sha256%% *}

sync "$unfinished"
mv -- "$unfinished" "$file"
unfinished=$file
sync "$directory"

# --- tell

string() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }
uri() { printf '%s' "$1" | sed 's/%/%25/g; s/ /%20/g; s/"/%22/g; s/#/%23/g; s/?/%3F/g; s/\\/%5C/g'; }

printf '{"artifact":{"kind":"pg_dump","uri":"file://%s","id":"%s","size":%s,"sha256":"%s","created":"%s","engine":"pg_dump %s"},"verified":{"method":"pg_restore -f /dev/null","ok":true},"restore":{"command":["pg_restore","--clean","--if-exists","-d",%s,%s]},"warnings":[]}\n' \
    "$(uri "$file")" "$run_id" "$size" "$sha256" "$created" "$version" "$(string "$database")" "$(string "$file")"
unfinished=

# --- forget the oldest; the names sort by time. A failure here leaves one file too many, not a bad backup.

if [ -n "$keep" ]; then
    day='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
    set -- "$directory/$label"-${day}T[0-9][0-9][0-9][0-9][0-9][0-9]Z-*.dump
    while [ $# -gt "$keep" ]; do
        say "deleting $1, older than the newest $keep"
        rm -f -- "$1" || say "could not delete $1"
        shift
    done
fi
