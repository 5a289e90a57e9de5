#!/bin/sh
# Installs what is missing of the system packages in lists: packaging/linux/ensure.sh test [app]
# Same rules as ./run: as root or through sudo, else the command to run and exit code 1.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P) || exit 1
for list in "${@:?name a list: app or test}"; do
    if [ ! -r "$root/packaging/linux/apt-$list.txt" ]; then
        printf 'heron: there is no list of system packages named %s (there are: app, test)\n' "$list" >&2
        exit 2
    fi
done
. "$root/packaging/setup.sh"
. "$root/packaging/linux/apt.sh"
trap stop_ticker EXIT
install_missing "" "$*"
