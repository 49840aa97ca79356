#!/usr/bin/env bash
# Tries the hooks of .pre-commit-hooks.yaml with the real pre-commit, in a repository made for it:
#
#     bash tests/ci/pre_commit.sh
#
# Needs git, cargo and `pre-commit` on the path, or its name in PRE_COMMIT. The hooks are built from a clean clone of
# this repository. CARGO_TARGET_DIR, if set, spares building everything again.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
pre_commit=${PRE_COMMIT:-pre-commit}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PRE_COMMIT_HOME="$folder/home"
export GIT_CONFIG_GLOBAL="$folder/gitconfig"
git config --global user.name Somebody
git config --global user.email somebody@example.invalid
git config --global init.defaultBranch main
git config --global protocol.file.allow always

git clone --quiet "$root" "$folder/connote"
revision=$(git -C "$folder/connote" rev-parse HEAD)
git init --quiet "$folder/team"
cd "$folder/team"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $folder/connote
    rev: $revision
    hooks:
      - id: connote
      - id: connote-folder
        args: [--max-warnings, "5", drafts]
END
mkdir drafts
cp "$root/samples/drafts/wanjiru-tea.note" drafts/good.note
printf 'account = "paid"\n' >connote.toml
printf 'Not a draft: {{first_name}}\n' >README.md
git add .
"$pre_commit" install --install-hooks

git commit --quiet -m "A good draft" || { echo "a good draft was refused" >&2; exit 1; }

printf 'Hi {{first_name}}, I came across your profile.\n' >drafts/bad.md
git add .
if git commit --quiet -m "A bad draft" >"$folder/said" 2>&1; then
    echo "a bad draft was taken" >&2
    exit 1
fi
cat "$folder/said"
grep -q 'drafts/bad.md:1:4' "$folder/said"
grep -q 'unfilled-placeholder' "$folder/said"
[ "$(grep -c 'Failed' "$folder/said")" -eq 2 ]

# What is no draft is none of its business.
git reset --quiet drafts/bad.md
rm drafts/bad.md
printf 'More: {{last_name}}\n' >>README.md
git add .
git commit --quiet -m "No draft"
echo "pre-commit takes good drafts and refuses bad ones"
