#!/usr/bin/env bash
# Manual pages and completions for packages, made by the program: into target/pages.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-target/release/connote}
rm -rf target/pages
mkdir -p target/pages
"$program" man --out target/pages/man >/dev/null
"$program" completions bash >target/pages/connote.bash
"$program" completions zsh >target/pages/_connote
"$program" completions fish >target/pages/connote.fish
"$program" completions elvish >target/pages/connote.elv
"$program" completions powershell >target/pages/connote.ps1
