# shellcheck shell=sh
# System packages by apt-get. Sourced after packaging/setup.sh, whose say, fail, step and log it uses.

: "${root:?}" "${log:?}"

# install_missing "PACKAGE..." "LIST...": installs what is not there of the packages and of packaging/linux/apt-LIST.txt,
# as root or through sudo. Without the right to, it prints the exact command and ends the script; where there is no
# apt-get it says what is needed and goes on.
install_missing() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        no_apt "$2"
        return 0
    fi
    groups=$(missing "$1" "$2")
    [ -n "$groups" ] || return 0
    names=$(resolved "$groups")
    become_root "$names"
    updated=
    known "$names" || update
    names=$(resolved "$groups")
    if ! apt_install "$names"; then
        [ -z "$updated" ] || apt_failed "$names"
        update # what apt knew may only have been old
        apt_install "$names" || apt_failed "$names"
    fi
}

# missing "PACKAGE..." "LIST...": prints the entries of which nothing is installed. An entry is a package or several
# that do the same, as in libglib2.0-0|libglib2.0-0t64 (releases differ in names).
missing() {
    installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package}:${Architecture}\n' |
        sed -n "s/^installed \(.*\):\(all\|$(dpkg --print-architecture)\)\$/\1/p" | tr '\n' ' ')"
    for entry in $1 $(for list in $2; do sed 's/#.*//' "$root/packaging/linux/apt-$list.txt"; done); do
        is_installed "$entry" || printf '%s\n' "$entry"
    done
}

is_installed() {
    for alternative in $(printf '%s' "$1" | tr '|' ' '); do
        case $installed in *" $alternative "*) return 0 ;; esac
    done
    return 1
}

# resolved "ENTRY...": prints one package per entry, the first that this release has.
resolved() {
    for entry in $1; do
        choice=${entry%%|*}
        for alternative in $(printf '%s' "$entry" | tr '|' ' '); do
            if known "$alternative"; then
                choice=$alternative
                break
            fi
        done
        printf '%s ' "$choice"
    done
}

# known "PACKAGE...": whether apt could install all of them by what it knows now.
known() {
    # shellcheck disable=SC2086 # one word per package
    set -- $1
    [ "$(LC_ALL=C apt-cache policy "$@" 2>/dev/null | grep -c '^  Candidate: [^(]')" = $# ]
}

# become_root "PACKAGE...": sets $as_root to what goes before apt-get, or ends with the command to run by hand.
become_root() {
    command="apt-get update && apt-get install -y --no-install-recommends ${1% }"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif ! command -v sudo >/dev/null; then
        by_hand "$command" "as root"
    elif sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    elif (: </dev/tty) 2>/dev/null && say "system packages are missing; sudo may ask for your password to install them" && sudo -v; then
        as_root=sudo
    else
        by_hand "sudo apt-get update && sudo apt-get install -y --no-install-recommends ${1% }" "as a user who may use sudo"
    fi
}

by_hand() {
    fail "some system packages are missing, and installing them takes an administrator. Run this $2, then start again:

    $1
"
}

update() {
    updated=yes
    step "fetching the list of system packages" apt_get update
}

# apt_install "PACKAGE..."
apt_install() {
    # shellcheck disable=SC2086 # one word per package
    set -- $1
    step "installing $# system packages" apt_get install -y --no-install-recommends "$@"
}

# Without our lock (9), which a service that a package starts would keep for good.
apt_get() {
    # shellcheck disable=SC2086 # as_root is empty or a command with its options
    $as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
        apt-get -q -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" 9>&-
}

# apt_failed "PACKAGE..."
apt_failed() {
    if log_says 'could not get lock|unable to lock|is another process using it'; then
        why="another program is installing packages. Wait until it is done, then start again."
    elif log_says 'dpkg was interrupted'; then
        why="an earlier installation broke off. Run: sudo dpkg --configure -a (then start again)."
    elif log_says 'no space left|enough free space'; then
        why="the disk is full. Make room (about 1 GB), then start again."
    elif log_says 'temporary failure resolving|could not (resolve|connect)|cannot initiate|unable to connect|failed to fetch|connection (failed|timed out)'; then
        why="the package server cannot be reached. Check the network connection, then start again."
    elif log_says 'unable to locate package|has no installation candidate'; then
        why="this release does not have $(sed -n 's/^E: Unable to locate package //p; s/^E: Package .\(.*\). has no installation candidate/\1/p' "$log" | sort -u | tr '\n' ' ')(on Ubuntu, switch on the repository \"universe\")."
    else
        why="apt-get ended with an error. Try it by hand: apt-get install --no-install-recommends ${1% }"
    fi
    fail "The system packages could not be installed: $why The details are in $log."
}

# no_apt "LIST...": elsewhere than on Debian and its kin. The packages for macOS hold all libraries themselves.
no_apt() {
    [ "$(uname -s)" = Linux ] || return 0
    say "there is no apt-get here, so install these with your system's package manager if they are missing:" \
        "PortAudio, the ALSA plug-in for PulseAudio or PipeWire, EGL, OpenGL, D-Bus, Fontconfig, GLib, xkbcommon" \
        "and the XCB libraries (Fedora: portaudio alsa-plugins-pulseaudio libglvnd-egl libglvnd-glx dbus-libs fontconfig" \
        "glib2 libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil)"
    case $1 in *test*) say "and for the tests: Xvfb, openbox, xdotool, wmctrl, ImageMagick, PulseAudio, flite" ;; esac
}
