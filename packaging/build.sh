#!/bin/sh
# Builds the packaged application into dist/heron (or FOLDER/heron): packaging/build.sh [FOLDER]
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
folder=${1:-$root/dist}
. "$root/packaging/setup.sh"
set_up dev
trap stop_ticker EXIT
log=$root/build/build.log
if ! mkdir -p "$root/build" || ! (: >"$log"); then
    fail "Heron cannot write to $root/build."
fi

pyinstaller() {
    "$venv/bin/python" -P -m PyInstaller "$root/build.spec" --noconfirm \
        --distpath "$folder" --workpath "$root/build/pyinstaller"
}

if ! step "building the application" pyinstaller; then
    reason=$(sed -n 's/^build\.spec: //p' "$log" | tail -n 1)
    fail "The application could not be built${reason:+: ${reason%.}} (details: $log)"
fi
say "built $folder/heron ($(du -sh "$folder/heron" | cut -f 1)); start it with $folder/heron/heron"
