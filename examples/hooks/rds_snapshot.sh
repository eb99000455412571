#!/bin/sh
# Backup hook for Apus, an example for managed servers: take an Amazon RDS snapshot and wait for it.
#
#   rds_snapshot.sh DB_INSTANCE_IDENTIFIER
#
# Needs the `aws` CLI with rds:CreateDBSnapshot and rds:DescribeDBSnapshots. An example to adapt: Apus's
# tests run it against a stand-in for `aws`, not against AWS. Other clouds differ in the two commands only.

set -eu

fail() { printf 'rds_snapshot.sh: %s\n' "$*" >&2; exit 1; }

[ $# -eq 1 ] || fail "usage: rds_snapshot.sh DB_INSTANCE_IDENTIFIER"
[ "${APUS_HOOK:-}" = backup ] && [ "${APUS_HOOK_API:-}" = 1 ] || fail "to be run by Apus as a backup hook (version 1)"

[ -n "${APUS_RUN_ID:-}" ] || fail "APUS_RUN_ID is not set"

# RDS takes letters, digits and single hyphens.
snapshot=$(printf 'apus-%s' "$APUS_RUN_ID" | tr -c 'A-Za-z0-9' - | tr -s - | sed 's/-$//')

# A retry of the same run finds the snapshot that it began before.
exists() { aws rds describe-db-snapshots --db-snapshot-identifier "$snapshot" >/dev/null 2>&1; }
exists || aws rds create-db-snapshot --db-instance-identifier "$1" --db-snapshot-identifier "$snapshot" >/dev/null

# `aws rds wait` gives up after half an hour with 255; a large database takes longer.
# Apus ends the hook when its own time is over.
until aws rds wait db-snapshot-available --db-snapshot-identifier "$snapshot" >&2; do
    [ $? -eq 255 ] || fail "waiting for $snapshot failed"
    status=$(aws rds describe-db-snapshots --db-snapshot-identifier "$snapshot" --query 'DBSnapshots[0].Status' --output text)
    [ "$status" = creating ] || fail "$snapshot is $status"
done

found=$(aws rds describe-db-snapshots --db-snapshot-identifier "$snapshot" \
    --query 'DBSnapshots[0].[DBSnapshotArn,SnapshotCreateTime]' --output text)
# shellcheck disable=SC2086  # two words, neither can hold a blank
set -- $found

printf '{"artifact":{"kind":"rds_snapshot","uri":"%s","id":"%s","created":"%s","engine":"rds"},"verified":{"method":"aws rds wait db-snapshot-available","ok":true},"restore":{"command":["aws","rds","restore-db-instance-from-db-snapshot","--db-snapshot-identifier","%s","--db-instance-identifier","NEW_NAME"]},"warnings":[]}\n' \
    "$1" "$snapshot" "$2" "$snapshot"
