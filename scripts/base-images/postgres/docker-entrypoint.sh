#!/usr/bin/env bash
# The official postgres image's first start, in short: initdb, then a *temporary* server that listens on the socket only
# while the database is made and /docker-entrypoint-initdb.d runs, then the real one. That first server is why a
# healthcheck has to go over TCP, so a stand-in that lacks it would prove nothing.
set -Eeuo pipefail

fail() { printf 'docker-entrypoint.sh: %s\n' "$*" >&2; exit 1; }

# NAME or the file that NAME_FILE says; both is an error.
setting() {
    local name=$1 file=$1_FILE
    if [[ -n ${!name:-} && -n ${!file:-} ]]; then fail "both $name and $file are set (but are exclusive)"; fi
    local value=${!name:-${2:-}}
    if [[ -n ${!file:-} ]]; then value=$(<"${!file}"); fi
    export "$name=$value"
    unset "$file"
}

[[ ${1:-} == -* ]] && set -- postgres "$@"
[[ ${1:-} == postgres ]] || exec "$@"

setting POSTGRES_PASSWORD
setting POSTGRES_USER postgres
setting POSTGRES_DB "$POSTGRES_USER"

if ((EUID == 0)); then
    # A secret file is root's and read by now; from here on it goes as postgres.
    mkdir -p "$PGDATA" /var/run/postgresql
    chown -R postgres:postgres "$PGDATA" /var/run/postgresql
    chmod 0700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups "${BASH_SOURCE[0]}" "$@"
fi

if [[ ! -s $PGDATA/PG_VERSION ]]; then
    [[ -n $POSTGRES_PASSWORD || ${POSTGRES_HOST_AUTH_METHOD:-} == trust ]] ||
        fail 'the database is not initialised and POSTGRES_PASSWORD is not set'
    initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --auth-local=trust \
        --auth-host=scram-sha-256
    printf 'host all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"

    pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
    psql=(psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER")
    [[ $POSTGRES_DB == postgres ]] ||
        "${psql[@]}" --dbname postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
    for file in /docker-entrypoint-initdb.d/*; do
        case $file in
        *.sh) if [[ -x $file ]]; then "$file"; else . "$file"; fi ;;
        *.sql) "${psql[@]}" --dbname "$POSTGRES_DB" --file "$file" ;;
        esac
    done
    pg_ctl -D "$PGDATA" -m fast -w stop
    echo 'PostgreSQL init process complete; ready for start up.'
fi
unset POSTGRES_PASSWORD
exec "$@"
