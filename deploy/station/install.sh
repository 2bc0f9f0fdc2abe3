#!/bin/sh
# Installs agent and kiosk of one station for the user who runs this: no root. What only root can do is printed at the end.
set -eu

usage() {
    cat <<'WORDS'
usage: install.sh [--wheel FILE | --version X.Y.Z] [--index URL] [--block FILE] [--no-start] [--dry-run]

  --wheel FILE   install this wheel; otherwise `waystation` from the package index
  --version V    that version from the index
  --index URL    another package index
  --block FILE   what `waystation-hub station add` printed; - is standard input
  --no-start     write everything, start nothing
  --dry-run      say what would be done, and do nothing
WORDS
}

wheel="" version="" index="" block="" start=yes dry=no
while [ $# -gt 0 ]; do
    case "$1" in
        --wheel) wheel=$2; shift 2 ;;
        --version) version=$2; shift 2 ;;
        --index) index=$2; shift 2 ;;
        --block) block=$2; shift 2 ;;
        --no-start) start=no; shift ;;
        --dry-run) dry=yes; shift ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 2; }
run() { if [ "$dry" = yes ]; then say "+ $*"; else "$@"; fi; }

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$HOME/waystation
station=$HOME/station
units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user

[ "$dry" = yes ] || [ "$(id -u)" -ne 0 ] || fail "run it as the station's own user, not as root"
[ -z "$wheel" ] || [ -f "$wheel" ] || fail "there is no wheel $wheel"
[ -z "$block" ] || [ "$block" = - ] || [ -f "$block" ] || fail "there is no file $block"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || fail "Python 3.11 or later is needed"
python3 -c 'import ensurepip' 2>/dev/null || fail "the venv module is missing: apt install python3-venv"

say "programs into $venv"
run python3 -m venv "$venv"
if [ -n "$wheel" ]; then
    what="waystation[edge,kiosk] @ file://$(CDPATH='' cd -- "$(dirname -- "$wheel")" && pwd)/$(basename -- "$wheel")"
else
    what="waystation[edge,kiosk]${version:+==$version}"
fi
run "$venv/bin/pip" install --quiet --disable-pip-version-check --upgrade ${index:+--index-url "$index"} "$what"

# Outbox and board are for this user and its group; the settings hold a secret and are for this user alone.
say "settings into $station"
run mkdir -p -m 0750 "$station"
if [ -e "$station/station.toml" ]; then
    say "  $station/station.toml is there already and stays as it is"
elif [ "$dry" = yes ]; then
    say "+ write $station/station.toml, mode 0600"
else
    umask 077
    if [ "$block" = - ]; then
        cat >"$station/station.toml"
    elif [ -n "$block" ]; then
        cat -- "$block" >"$station/station.toml"
    else
        say "# Put in here what \`waystation-hub station add\` printed, then wire the devices (docs/devices.md)." \
            >"$station/station.toml"
    fi
    umask 022
fi

say "units into $units"
run mkdir -p "$units"
for unit in waystation-edge.service waystation-kiosk.service; do
    run cp -- "$here/systemd/$unit" "$units/$unit"
done
if [ "$start" = yes ] && [ "$dry" = no ]; then
    if systemctl --user daemon-reload 2>/dev/null; then
        systemctl --user enable --now waystation-edge.service waystation-kiosk.service
    else
        say "  no user manager answers: after the next sign-in run"
        say "    systemctl --user enable --now waystation-edge.service waystation-kiosk.service"
    fi
else
    say "  not started: systemctl --user enable --now waystation-edge.service waystation-kiosk.service"
fi

user=$(id -un)
cat <<WORDS

What only root can do, once:
    loginctl enable-linger $user                      # the units run without anybody signed in
    usermod -aG dialout $user                         # serial ports; takes effect at the next start
    install -m 0644 $here/udev/60-waystation.rules /etc/udev/rules.d/
    udevadm control --reload && udevadm trigger --subsystem-match=tty

Then: $venv/bin/waystation-edge check --station $station
      $venv/bin/waystation-edge doctor $station
WORDS
