#!/bin/sh
# A consistent dump of the database, restorable with pg_restore:  DATABASE_URL=… sh infra/backup.sh /backups
set -eu
: "${DATABASE_URL:?set DATABASE_URL}"
folder=${1:?give a folder to write to}
file="$folder/farwatch-$(date -u +%Y%m%dT%H%M%SZ).dump"
umask 077
pg_dump --format=custom --file="$file.part" "$DATABASE_URL"
mv "$file.part" "$file"
echo "$file"
