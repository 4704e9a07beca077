# shellcheck shell=bash
# How these scripts speak: a plain line for each step; on failure, what happened and what to do.
# Read in by the others:  . .ci/speak.sh

say() { printf '%s\n' "$*"; }

stop() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# Whether all of these programs are here. `command -v A B` is content with one of them.
here() {
  local program
  for program in "$@"; do command -v "$program" >/dev/null || return 1; done
}

in_ci() { [ "${CI:-}" = true ]; }

# Runs a command without its chatter; when it fails, shows the end of what it said.
quietly() {
  local said status=0
  said=$(mktemp)
  "$@" >"$said" 2>&1 </dev/null || status=$?
  [ "$status" = 0 ] || tail -n 30 "$said" >&2
  rm -f "$said"
  return "$status"
}

# Prints where PostgreSQL's own programs are (Debian keeps them off the PATH); fails when there are none.
postgres_programs() {
  local found
  found=$(command -v initdb || find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] && dirname "$(readlink -f "$found")"
}

# Prints where Chromium is, with or without its windows; fails when there is none.
chromium_program() { command -v chromium-headless-shell || command -v chromium; }
