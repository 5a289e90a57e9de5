# shellcheck shell=sh
# Set-up shared by ./run and ./test: system packages, .venv from a lock, Heron itself as an editable install.
#
# Sourced with $root set to the project's folder. All it says goes to stderr, the details to .setup.log.
# .venv/set-up holds what .venv was made for; a lock's copy is put there last, when all is done.

: "${root:?}"
venv=$root/.venv
stamp=$venv/set-up
log=$root/.setup.log
lock_folder=$root/.setup.lock
ticker=

# set_up app|dev: makes .venv fit locks/app.txt or locks/dev.txt. Returns at once when it does; ends the script
# with a sentence when that is impossible.
set_up() {
    ! is_set_up "$1" || return 0
    if ! (: >>"$log") 2>/dev/null; then
        fail "Heron cannot write to its folder $root. Give yourself the right to, or copy the folder to your home."
    fi
    trap end_set_up EXIT
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM HUP
    take_lock
    is_set_up "$1" || do_set_up "$1" # whoever held the lock may have done the work
    end_set_up
    trap - EXIT INT TERM HUP
}

# is_set_up app|dev: whether .venv was made for this lock, this Python and this folder. No Python is started.
is_set_up() {
    [ -x "$venv/bin/python" ] && stamped "$root/locks/$1.txt" && stamped "$root/packaging/linux/apt-app.txt" || return 1
    [ "$1" = app ] || stamped "$root/packaging/linux/apt-test.txt" || return 1
    venv_is_sound
}

# step TITLE COMMAND...: runs it, its output in the log, its progress on stderr. Returns the command's exit code.
step() {
    title=$1
    shift
    printf '\n== %s\n' "$title" >>"$log"
    if on_terminal; then
        tick "$title" 9>&- &
        ticker=$!
    else
        say "$title ..."
    fi
    step_begun=$(date +%s)
    ("$@") >>"$log" 2>&1 </dev/null # a shell of its own: a trap of this one must still reach the real stderr
    outcome=$?
    stop_ticker
    [ "$outcome" != 0 ] || ! on_terminal || say "$title: $(($(date +%s) - step_begun)) s"
    return "$outcome"
}

say() {
    printf 'heron: %s\n' "$*" >&2
}

fail() {
    stop_ticker
    say "$*"
    exit 1
}

# log_says PATTERN: whether the log of this set-up has a line that fits.
log_says() {
    grep -qiE -e "$1" "$log"
}

do_set_up() {
    : >"$log"
    begun=$(date +%s)
    say "setting up in $root (only this time; a minute or two)"
    . "$root/packaging/linux/apt.sh"
    rm -rf "$stamp"/*.txt
    if ! venv_is_sound || ! "$venv/bin/python" -I -c 'import pip' 2>/dev/null; then
        choose_python
        install_missing "$(venv_package)" "$(package_lists "$1")"
        make_venv
    else
        install_missing "" "$(package_lists "$1")"
    fi
    install_python_packages "$1"
    say "ready after $(($(date +%s) - begun)) s"
}

# choose_python: sets $python to the first interpreter that all locked packages have wheels for.
choose_python() {
    others=
    for candidate in python3 python3.13 python3.12 python3.11; do
        version=$("$candidate" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        case $version in
        3.11 | 3.12 | 3.13)
            python=$candidate
            return
            ;;
        esac
        others=" ($candidate here is Python $version)"
    done
    fail "Heron needs Python 3.11, 3.12 or 3.13, and there is none on the PATH$others." \
        "Install one, for example with: sudo apt-get install python3 python3-venv"
}

# venv_package: prints the package that the system's Python lacks for making virtual environments, if it lacks one.
venv_package() {
    "$python" -I -c 'import ensurepip, venv' 2>/dev/null && return
    "$python" -I -c 'import sys; sys.exit(sys.base_prefix != "/usr")' && printf 'python%s-venv' "$version"
}

make_venv() {
    rm -rf "$venv"
    if ! "$python" -I -c 'import ensurepip, venv' 2>/dev/null; then
        fail "$(command -v "$python") cannot make a virtual environment: its venv module is missing." \
            "Install the python3-venv package (or another Python $version), then start again."
    fi
    step "making .venv with Python $version" "$python" -I -m venv "$venv" ||
        fail "The virtual environment $venv could not be made. The details are in $log."
    mkdir -p "$stamp"
    readlink -f -- "$venv/bin/python" >"$stamp/python"
    printf '%s\n' "$root" >"$stamp/folder"
}

# venv_is_sound: whether .venv was made here, by a Python that is still there, and no installation into it broke off.
venv_is_sound() {
    [ -r "$stamp/folder" ] && [ -r "$stamp/python" ] && [ ! -e "$stamp/unfinished" ] || return 1
    [ "$(cat "$stamp/folder")" = "$root" ] && [ "$(readlink -f -- "$venv/bin/python")" = "$(cat "$stamp/python")" ]
}

install_python_packages() {
    for kind in $(kinds "$1"); do # copied now: what is stamped is what was installed, even if a lock changes meanwhile
        cp "$root/locks/$kind.txt" "$stamp/$kind.txt.new" || fail "Heron cannot write to $stamp. Is the disk full?"
    done
    : >"$stamp/unfinished"
    step "installing the Python packages" pip_install --require-hashes --only-binary :all: -r "$stamp/$1.txt.new" || pip_failed
    step "installing Heron into .venv" install_heron || pip_failed
    rm -f "$stamp/unfinished"
    cp "$root/packaging/linux/"apt-*.txt "$stamp"
    [ "$1" = dev ] || rm -f "$stamp/apt-test.txt"
    for kind in $(kinds "$1"); do
        mv "$stamp/$kind.txt.new" "$stamp/$kind.txt"
    done
}

# package_lists app|dev: the lists of system packages, by name.
package_lists() {
    if [ "$1" = dev ]; then printf 'app test'; else printf 'app'; fi
}

# kinds app|dev: the locks that an installation of this one satisfies.
kinds() {
    if [ "$1" = dev ]; then printf 'app dev'; else printf 'app'; fi
}

pip_install() {
    "$venv/bin/python" -I -m pip install --no-user --no-input --disable-pip-version-check --progress-bar off "$@"
}

# Needs no network: hatchling is in the lock. In the folder itself, because "-e PATH" reads brackets in a path as extras.
install_heron() {
    (cd -- "$root" && pip_install --no-index --no-deps --no-build-isolation -e .)
}

pip_failed() {
    # Until pip begins to install, .venv is as it was, and the next set-up may go on with it.
    log_says '^Installing collected packages' || rm -f "$stamp/unfinished"
    if log_says 'do not match the hashes'; then
        why="a downloaded package is not the one that was locked. Try again; if it happens again, tell us."
    elif log_says 'no space left'; then
        why="the disk is full. Make room (about 1 GB), then start again."
    elif log_says 'name resolution|connection (error|broken|refused)|failed to establish|network is unreachable|timed out|proxyerror|SSLError'; then
        why="the package index cannot be reached. Check the network connection, then start again."
    elif log_says 'no matching distribution'; then
        why="there is no ready-made package for this system ($(uname -sm), Python $("$venv/bin/python" -V 2>&1))."
    else
        why="pip ended with an error. Start again; the reason is near the end of the log."
    fi
    fail "The Python packages could not be installed: $why The details are in $log."
}

# stamped FILE: whether .venv was set up for just this content of the file.
stamped() {
    cmp -s -- "$1" "$stamp/${1##*/}"
}

# One set-up at a time. The lock of flock is gone when its last holder is, pip included, however they end;
# where there is no flock, a folder with the holder's process id has to do.
take_lock() {
    if command -v flock >/dev/null; then
        exec 9>>"$log"
        flock -n 9 && return
        say "waiting for another set-up in this folder to end ..."
        flock 9
        return
    fi
    waiting=
    until mkdir "$lock_folder" 2>/dev/null; do
        holder=$(cat "$lock_folder/pid" 2>/dev/null) || { sleep 1 && holder=$(cat "$lock_folder/pid" 2>/dev/null); }
        if [ -z "$holder" ] || ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$lock_folder"
            continue
        fi
        [ -n "$waiting" ] || say "waiting for another set-up in this folder (process $holder) to end ..."
        waiting=yes
        sleep 1
    done
    printf '%s\n' "$$" >"$lock_folder/pid"
    locked=yes
}

end_set_up() {
    stop_ticker
    [ -z "${locked:-}" ] || rm -rf "$lock_folder"
    exec 9>&-
}

interrupted() {
    stop_ticker
    say "interrupted; start again to go on with the set-up"
    exit "$1"
}

on_terminal() {
    [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]
}

# tick TITLE: one line with the seconds so far and the last line of the log, until killed.
tick() {
    since=$(date +%s)
    while kill -0 $$ 2>/dev/null; do
        printf '\r\033[Kheron: %s ... %s s  %s' "$1" "$(($(date +%s) - since))" "$(tail -n 1 "$log" | sed 's/^== .*//; s/^ *//' | cut -c 1-40)" >&2
        sleep 1
    done
}

stop_ticker() {
    [ -n "$ticker" ] || return 0
    kill "$ticker" 2>/dev/null
    wait "$ticker" 2>/dev/null
    ticker=
    printf '\r\033[K' >&2
}
