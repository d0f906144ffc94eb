#!/bin/sh
# Run once by the image of PostgreSQL, on an empty volume: the role that serves the pages owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE jalon_app LOGIN PASSWORD :'password';
SQL
