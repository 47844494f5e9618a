#!/usr/bin/env bash
# Our program beside what users would pick instead:  bash scripts/bench.sh [ARGUMENTS]
#
# Makes an environment of its own, .venv-bench/, with the project's bench extra, installs the rivals (LibreOffice,
# Chromium, a system font) through apt where it is allowed to, then runs them all in turn; benchmarks/README.md
# says what is compared. What cannot be installed is left out, and said. ARGUMENTS are those of benchmarks.run:
# --quick only sees whether everything works, --help lists the others. Works from any folder.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

has_cjk() { [[ -e /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ]]; }

missing_programs() {
    has_chromium >/dev/null || echo chromium
    has_cjk || echo fonts-noto-cjk
    has_office sc || echo libreoffice-calc
    has_office sw || echo libreoffice-writer
}

# Without the dev extra: it brings numpy, which openpyxl imports at every start where it is there. A user has none.
VENV="$ROOT/.venv-bench"
STAMP="$VENV/.setup-stamp"

setup_project bench
install_programs "ways that need these packages are left out"

# Paths among the arguments count from where the person is.
export PYTHONPATH="$ROOT"
exec "$VENV/bin/python" -m benchmarks.run "$@"
