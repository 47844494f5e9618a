#!/usr/bin/env bash
# From a fresh checkout to the finished form:  bash scripts/demo.sh [OUTDIR]
#
# Sets the program up if need be, fills the form from the sample workbook and says where the PDF and
# the DOCX are. OUTDIR is ./out unless given. Works from any folder.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

case "${1:-}" in
    -h | --help)
        printf 'usage: %s [OUTDIR]\n' "$0"
        exit 0
        ;;
    -*)
        printf 'usage: %s [OUTDIR]\n' "$0" >&2
        exit 2
        ;;
esac

OUTDIR="${1:-./out}"
SAMPLE="$ROOT/samples/haizhu-2022.xlsx"

setup_project

step "zhengti-zip build samples/haizhu-2022.xlsx -o $OUTDIR"
mkdir -p -- "$OUTDIR"
"$VENV/bin/zhengti-zip" build "$SAMPLE" -o "$OUTDIR"

step "the form"
OUTDIR="$(cd -- "$OUTDIR" && pwd)"
for kind in pdf docx; do
    files="$(find "$OUTDIR" -name "*.$kind" -type f -printf '%p\n' | LC_ALL=C sort)"
    if [[ -z "$files" ]]; then
        printf 'error: no %s in %s\n' "${kind^^}" "$OUTDIR" >&2
        exit 1
    fi
    while IFS= read -r file; do printf '%-5s %s\n' "${kind^^}" "$file"; done <<<"$files"
done
