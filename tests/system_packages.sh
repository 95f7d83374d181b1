#!/bin/sh
# Install what the tests need beyond Python: a browser and a database server.
# On Debian as root through apt; elsewhere say what is missing.
set -eu
has_browser() { command -v chromium >/dev/null 2>&1; }
has_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }
if has_browser && has_postgres; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium postgresql >/dev/null
  exit 0
fi
has_browser || echo "chromium is missing: tests in the browser are skipped"
has_postgres || echo "postgresql is missing: tests on PostgreSQL are skipped"
