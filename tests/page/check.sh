#!/usr/bin/env bash
# Looks at the page of a review in headless Chromium: inert, accessible, valid, at home at every width.
#
#     bash tests/page/check.sh              everything
#     bash tests/page/check.sh FOLDER       the same, and leaves pages, pictures and a print in FOLDER
#
# CONNOTE names a program to use instead of one that is built first. Chromium is installed with apt-get if it is
# not there; the packages of package.json go into a folder that is removed.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${CONNOTE:-}" ]; then
    cargo build --release
    CONNOTE=$PWD/target/release/connote
fi
chromium=$(command -v chromium || command -v chromium-browser || true)
if [ -z "$chromium" ] || ! command -v npm >/dev/null || ! command -v pdftotext >/dev/null; then
    (apt-get update && apt-get install -y chromium npm poppler-utils) >/dev/null
    chromium=$(command -v chromium)
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp tests/page/package.json tests/page/*.mjs "$folder"
(cd "$folder" && npm install --no-audit --no-fund --no-package-lock --loglevel=error)
CONNOTE=$CONNOTE CHROMIUM=$chromium node "$folder/check.mjs" "$PWD" "${1:-}"
