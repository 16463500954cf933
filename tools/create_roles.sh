#!/bin/sh
# Runs once when the database container is new: the owner's role, the application's role (owns nothing), the database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$KAM_OWNER_PASSWORD" -v app="$KAM_APP_PASSWORD" <<'SQL'
create role kam_owner login password :'owner';
create role kam_app login password :'app';
create database kam owner kam_owner;
SQL
