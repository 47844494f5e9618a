#!/usr/bin/env bash
# Prepare this checkout for running: system libraries (apt) and .venv/ with the package in it.
#
#   bash scripts/setup.sh          what the program needs
#   bash scripts/setup.sh --dev    and what its tests need from Python
#
# scripts/demo.sh, serve.sh, test.sh and bench.sh source this file and call `setup_project`.
# Needs nothing but bash, git and Python 3.11 or newer on Debian or Ubuntu. What is already there is
# not installed again, so a second run takes no time and no network.
#
# Exit codes: 3 = this machine lacks something that cannot be installed from here.

set -euo pipefail

ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
VENV="$ROOT/.venv"
STAMP="$VENV/.setup-stamp"
MIN_PYTHON="3.11"

# What goes before apt-get: nothing for root, else sudo; set by `may_install`.
AS_ROOT=()

step() { printf '\n==> %s\n' "$*"; }

note() { printf 'note: %s\n' "$*" >&2; }

# fail LINE...: print what is wrong and end with the code for "this machine lacks something".
fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    if (($#)); then printf '       %s\n' "$@" >&2; fi
    exit 3
}

# may_install: can packages be installed without asking anybody?
may_install() {
    command -v apt-get >/dev/null || return 1
    if ((EUID == 0)); then
        AS_ROOT=()
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        AS_ROOT=(sudo -n)
    else
        return 1
    fi
}

# install_command PACKAGE...: the line a person would type.
install_command() { printf 'sudo apt-get update && sudo apt-get install -y --no-install-recommends %s' "$*"; }

apt_get() {
    # ${array[@]+...} because an empty array counts as unset in bash before 4.4.
    ${AS_ROOT[@]+"${AS_ROOT[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# apt_install PACKAGE...: non-zero when the packages could not be installed.
apt_install() {
    may_install || return 1
    step "apt-get install $*"
    # A fresh image has no package lists, or old ones that name files long gone: try, refresh, retry.
    apt_get install -y --no-install-recommends "$@" 2>/dev/null && return 0
    apt_get update && apt_get install -y --no-install-recommends "$@"
}

# runs_python COMMAND: is it a Python that is new enough?
runs_python() {
    "$1" -c "import sys; sys.exit(sys.version_info < tuple(map(int, '$MIN_PYTHON'.split('.'))))" \
        >/dev/null 2>&1
}

can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# find_python: set PYTHON, preferring one that can make a virtual environment as it is.
find_python() {
    local candidate found=""
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python \
        /usr/bin/python3; do
        runs_python "$candidate" || continue
        if can_make_venv "$candidate"; then
            PYTHON="$candidate"
            return
        fi
        found="${found:-$candidate}"
    done
    [[ -n "$found" ]] || fail "Python $MIN_PYTHON or newer is needed and was not found." \
        "Install it, or name it: PYTHON=/path/to/python3 bash $(basename -- "$0")"
    PYTHON="$found"
}

# missing_libraries: print the Debian packages of the libraries that WeasyPrint could not open.
missing_libraries() {
    "$PYTHON" - <<'PYTHON_CODE'
import ctypes

# What weasyprint/text/ffi.py opens. Its harfbuzz-vector is for colour fonts only and optional;
# without harfbuzz-subset, optional as well, it warns on every start.
LIBRARIES = {
    "libgobject-2.0.so.0": "libpango-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libharfbuzz.so.0": "libpangoft2-1.0-0",
    "libfontconfig.so.1": "libpangoft2-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
packages = []
for library, package in LIBRARIES.items():
    try:
        ctypes.CDLL(library)
    except OSError:
        if package not in packages:
            packages.append(package)
print(" ".join(packages))
PYTHON_CODE
}

# venv_works: is there a .venv/ with a pip and a Python that is new enough?
venv_works() {
    runs_python "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1
}

# missing_packages: every Debian package that has to come first, so that a person is told once.
missing_packages() {
    missing_libraries
    # A .venv/ that works needs no ensurepip any more.
    [[ "$PYTHON" == "$VENV/bin/python" ]] || can_make_venv "$PYTHON" ||
        "$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

install_system() {
    local list
    local -a packages
    list="$(missing_packages)"
    # Package names have neither blanks nor wildcards in them.
    read -r -d '' -a packages <<<"$list" || true
    ((${#packages[@]})) || return 0
    apt_install "${packages[@]}" || fail "system packages are missing; install them with:" \
        "$(install_command "${packages[@]}")"
    list="$(missing_packages)"
    [[ -z "${list//[[:space:]]/}" ]] || fail "$PYTHON cannot use what was installed: ${packages[*]}" \
        "A Python from outside the system may look elsewhere; try PYTHON=/usr/bin/python3."
}

# stamp_for EXTRA: changes with anything that asks for another installation. The path is in it
# because an editable installation and the scripts in .venv/bin contain it.
stamp_for() {
    {
        cat -- "$ROOT/pyproject.toml" "$ROOT"/locks/*.txt
        "$VENV/bin/python" --version
        printf '%s\n' "$ROOT" "extra: $1"
    } | sha256sum
}

# install_package EXTRA: the package with the exact files of locks/ (made by scripts/lock.sh from constraints.txt).
install_package() {
    local extra="$1" current="" installed
    [[ -f "$STAMP" ]] && current="$(<"$STAMP")"
    # An environment with more extras serves for fewer.
    for installed in "" dev bench; do
        if [[ "$installed" == "$extra"* && "$current" == "$(stamp_for "$installed")" ]]; then return; fi
    done
    step "installing into .venv: zhengti-zip${extra:+[$extra]}"
    rm -f -- "$STAMP"
    # Only files whose hash is known; then the package itself, built with what has just been installed.
    (cd -- "$ROOT" && "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --require-hashes -r "locks/${extra:-run}.txt" &&
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
            --no-deps --no-build-isolation -e .)
    stamp_for "$extra" >"$STAMP"
}

# setup_project [dev | bench]
setup_project() {
    if venv_works; then
        PYTHON="$VENV/bin/python"
        install_system
    else
        find_python
        install_system
        step "making .venv with $("$PYTHON" --version)"
        "$PYTHON" -m venv --clear "$VENV"
    fi
    install_package "${1:-}"
}

# has_office LIBRARY: is this part of LibreOffice (Writer: sw, Calc: sc) installed?
has_office() {
    local soffice
    soffice="$(command -v soffice)" || return 1
    [[ -e "$(dirname -- "$(readlink -f -- "$soffice")")/lib$1lo.so" ]]
}

# install_programs CONSEQUENCE: install what `missing_programs` of the calling script prints. Where that
# is not possible CONSEQUENCE tells what comes of it; with CI=true it is a failure.
install_programs() {
    local -a packages
    mapfile -t packages < <(missing_programs)
    ((${#packages[@]})) || return 0
    apt_install "${packages[@]}" || true
    mapfile -t packages < <(missing_programs)
    ((${#packages[@]})) || return 0
    if [[ "${CI:-}" == true ]]; then
        fail "programs that this needs are missing; install them with:" "$(install_command "${packages[@]}")"
    fi
    note "$1: ${packages[*]}"
    note "to install them: $(install_command "${packages[@]}")"
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
    case "${1:-}" in
        "") setup_project ;;
        --dev) setup_project dev ;;
        *)
            printf 'usage: %s [--dev]\n' "$0" >&2
            exit 2
            ;;
    esac
    step "ready: $VENV/bin/zhengti-zip"
fi
