#!/usr/bin/env bash
# `check --changed-since` held against a real git. Usage: tests/changed.sh PROGRAM
# Needs bash and git. Works in a folder of its own, which is removed.
set -euo pipefail
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# Nothing of the user's own settings.
export HOME=$folder GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX

failed=0
# Which drafts a run speaks of, each once, in order. The rest of standard output is its findings.
said() { # expected status, expected files (one a line), arguments
    local status=0 expected=$1 files=$2
    shift 2
    "$program" check --isolated --fail-on hint --select unfilled-placeholder,duplicate --format json "$@" >"$folder/out" 2>"$folder/err" || status=$?
    local got
    got=$(python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))["diagnostics"]
places = {(f["labels"][0]["path"], f["labels"][0]["start"]["line"], f["rule"]) for f in found}
print("\n".join(f"{path!r} {line} {rule}" for path, line, rule in sorted(places)))' "$folder/out" 2>/dev/null || echo "no JSON")
    if [ "$status" != "$expected" ] || [ "$got" != "$files" ]; then
        printf 'FAILED: check %s\nstatus %s, expected %s\ngot:\n%s\nexpected:\n%s\nstderr:\n' "$*" "$status" "$expected" "$got" "$files" >&2
        cat "$folder/err" >&2
        failed=1
    fi
}
refused() { # words on standard error, arguments
    local status=0 words=$1
    shift
    "$program" check --isolated "$@" >"$folder/out" 2>"$folder/err" || status=$?
    if [ "$status" != 2 ] || ! grep -q -- "$words" "$folder/err" || [ -s "$folder/out" ]; then
        printf 'FAILED: check %s: status %s\n' "$*" "$status" >&2
        cat "$folder/err" >&2
        failed=1
    fi
}

mkdir plain && cd plain
echo 'Hi {{first_name}}' >a.md
refused 'not in a git repository' --changed-since main a.md

cd "$folder"
git -c init.defaultBranch=main init -q work
cd work
draft() { printf 'Hi {{first_name}}, number %s of these\n' "$2" >"$1"; }
draft old.md 1
draft edited.md 2
draft renamed.md 3
draft 'to rename and edit.md' 4
printf '+++\nfirst_name = "Bo"\n+++\nHi {{first_name}}, in a folder, rather long, so that it is known again\nwhen it was renamed: one line\nand another one\nand a third\nand a last\n' >long.md
printf 'id,first_name,note\n1,Ana,"Hi {{first_name}}, one"\n2,Bo,"Hi {{first_name}},\ntwo\nlines"\n3,Cy,"Hi {{first_name}}, three"\n4,Di,"Hi {{first_name}}, four"\n' >batch.csv
printf '{"id":"1","note":"Hi {{first_name}}, a line"}\n{"id":"2","note":"Hi {{first_name}}, and another"}\n' >rows.jsonl
echo 'ignored/' >.gitignore
git add -A && git commit -qm one

# Nothing changed: clean, and said.
said 0 '' --changed-since main .
grep -q 'none of 11 notes changed since main' "$folder/err" || { cat "$folder/err" >&2; failed=1; }

git checkout -qb work
draft edited.md 20
git mv renamed.md 'another name.md'
git mv long.md "$(printf 'q"uo\ntes.md')"
printf 'and one more\n' >>"$(printf 'q"uo\ntes.md')"
draft 'new "draft".md' 5
git add -A && git commit -qm two
# Not committed, staged, not tracked, ignored.
draft old.md 10
draft staged.md 6 && git add staged.md
draft $'un tracked\n.md' 7
mkdir ignored && draft ignored/a.md 8
# A row in its second line, a row gone, a row new.
sed -i 's/^two$/2/; /^3,/d' batch.csv
echo '5,Eve,"Hi {{first_name}}, five"' >>batch.csv
printf '{"id":"3","note":"Hi {{first_name}}, a third"}\n' >>rows.jsonl
rm 'to rename and edit.md'

# What main did meanwhile is none of ours.
git stash -q -u && git checkout -q main && draft edited.md 99 && git commit -qam three && git checkout -q work && git stash pop -q
expected="'batch.csv' 3 unfilled-placeholder
'batch.csv' 7 unfilled-placeholder
'edited.md' 1 unfilled-placeholder
'new \"draft\".md' 1 unfilled-placeholder
'old.md' 1 unfilled-placeholder
'q\"uo\\ntes.md' 4 unfilled-placeholder
'rows.jsonl' 3 unfilled-placeholder
'staged.md' 1 unfilled-placeholder
'un tracked\\n.md' 1 unfilled-placeholder"
said 1 "$expected" --changed-since main .
# Settings of git change nothing.
git config diff.noprefix true && git config diff.relative true && git config color.ui always
git config diff.interHunkContext 5 && git config diff.external /bin/false && git config diff.renames false
said 1 "$expected" --changed-since main .
mkdir inner && cd inner && draft here.md 9
said 1 "'here.md' 1 unfilled-placeholder" --changed-since main .
said 1 "'../old.md' 1 unfilled-placeholder" --changed-since main ../old.md
cd ..
# Scores of notes that did not change do not decide.
status=0
"$program" check --isolated --fail-on never --min-score 100 --changed-since HEAD 'another name.md' >"$folder/out" 2>&1 || status=$?
[ "$status" = 0 ] || { cat "$folder/out" >&2; failed=1; }

# Notes that are alike: one of them changed, so the group is told, at its first note; the header of a table is in all rows.
git add -A && git commit -qm four
words='your talk on kelp in Bergen was a joy, and I am planning a farm in Oban'
printf 'id,first_name,note\n1,Ana,"Hi Ana, %s"\n2,Bo,"Hi Bo, hello there"\n' "$words" >alike.csv
git add -A && git commit -qm five
printf '3,Cy,"Hi Cy, %s"\n' "$words" >>alike.csv
said 1 "'alike.csv' 2 duplicate" --changed-since HEAD alike.csv
git commit -qam six
printf 'id,first_name,note\n3,Cy,"Hi Cy, %s"\n1,Ana,"Hi Ana, %s!"\n2,Bo,"Hi {{first_name}}"\n' "$words" "$words" >alike.csv
git commit -qam seven
sed -i '1s/first_name/first name/' alike.csv
said 1 "'alike.csv' 2 duplicate
'alike.csv' 4 unfilled-placeholder" --changed-since HEAD alike.csv

refused 'git knows no commit, branch or tag `nowhere` here' --changed-since nowhere .
refused 'git knows no commit, branch or tag `--all` here' --changed-since=--all .
refused 'is outside of the git repository' --changed-since main ../plain/a.md
git checkout -q --orphan other && git commit -qm eight
refused 'have no commit in common' --changed-since main .
cd "$folder" && git clone -q --depth 1 "file://$folder/work" shallow && cd shallow
refused 'only a part of the history was fetched' --changed-since main .
git init -q --bare ../bare && cd ../bare && echo 'Hi' >a.md
refused 'git says' --changed-since main a.md

[ "$failed" = 0 ] && echo "changed.sh: all is well"
exit "$failed"
