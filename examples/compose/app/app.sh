#!/usr/bin/env bash
# An application that is useless without its schema. It does not wait or retry: the gate in front of it does.
set -euo pipefail
PGPASSWORD=$(</run/secrets/db_password)
export PGPASSWORD
trap 'exit 0' TERM INT

count() { psql --no-psqlrc -Atqc 'SELECT count(*) FROM products'; }

echo "app: open, $(count) products"
while true; do
    # In the background, so that a signal ends the wait.
    sleep 10 &
    wait $!
    count >/dev/null
done
