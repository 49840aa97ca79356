#!/usr/bin/env bash
# Learns the weights anew from the labelled notes: tests/weigh.sh PROGRAM > weights.tsv; with --check it says whether
# those in rules/ are still what the notes teach. `unseen.jsonl` is left out: it must teach nothing.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/../samples/corpus"
learn() {
    "$program" rules weigh notes.jsonl fresh.jsonl voices.jsonl {de,es,fr}.jsonl {de,es,fr}-voices.jsonl
}
if [ "${2:-}" != --check ]; then
    learn
    exit
fi
if ! diff <(learn) ../../rules/weights.tsv >/dev/null; then
    echo "rules/weights.tsv is old: tests/weigh.sh PROGRAM > weights.tsv && mv weights.tsv rules/" >&2
    exit 1
fi
