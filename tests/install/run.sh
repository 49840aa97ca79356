#!/usr/bin/env bash
# Installing and embedding, tried for real: `tests/install/run.sh`, or `tests/install/run.sh wheel pages ...` for
# single steps. Needs cargo, python3 and a network for pip, cargo and (as root) apt. What a step needs and cannot
# get is said in one line, and the step is passed over.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=$root/target/release/connote

say() { printf -- '-- %s\n' "$*"; }
fail() { printf 'tests/install: %s\n' "$*" >&2; exit 1; }

# Debian's packages, where we may install them.
need() {
    local missing=()
    for pair in "$@"; do
        command -v "${pair%%=*}" >/dev/null || missing+=("${pair##*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        say "passed over: ${missing[*]} not installed"
        return 1
    fi
    (apt-get -o DPkg::Lock::Timeout=600 update && apt-get -o DPkg::Lock::Timeout=600 install -y "${missing[@]}") >"$folder/apt.log" 2>&1 ||
        { cat "$folder/apt.log"; fail "apt-get cannot install ${missing[*]}"; }
}

venv() {
    [ -x "$1/bin/python" ] || python3 -m venv "$1" 2>/dev/null || { need no-venv=python3-venv && python3 -m venv "$1"; }
}

# A program that was installed somewhere: it is this version, and it lints.
works() {
    local status=0
    [ "$(cd "$folder" && "$1" --version)" = "connote $version" ] || fail "$1 is not connote $version"
    printf 'Hi Ana, I came across your profile.' | (cd "$folder" && "$1" check --isolated --format short -) >"$folder/found" || status=$?
    [ "$status" -lt 2 ] && grep -q 'stock-opening' "$folder/found" || fail "$1 does not find a stock opening"
}

# The files of the crate alone build the program.
crate() {
    cargo package --locked --allow-dirty --quiet
    # Its tests need what is not packed, but nothing of the program may be missing.
    tar -tf "target/package/connote-$version.crate" >"$folder/packed"
    for file in Cargo.lock README.md LICENSE-MIT LICENSE-APACHE NOTICE rules/wording.toml src/schema/words.toml; do
        grep -qx "connote-$version/$file" "$folder/packed" || fail "$file is not in the crate"
    done
}

# `pip install` of the wheel, in a fresh environment, gives the program.
wheel() {
    venv "$folder/build"
    "$folder/build/bin/pip" -q install 'maturin>=1.9,<2'
    "$folder/build/bin/maturin" build --release --out "$folder/wheels" >"$folder/maturin" 2>&1 ||
        { cat "$folder/maturin"; fail "maturin cannot build the wheel"; }
    venv "$folder/fresh"
    "$folder/fresh/bin/pip" -q install --no-index "$folder"/wheels/connote-*.whl
    works "$folder/fresh/bin/connote"
    "$folder/fresh/bin/pip" -q uninstall -y connote
    [ ! -e "$folder/fresh/bin/connote" ] || fail "uninstalling the wheel leaves the program"
}

# Manual pages are sound, completions load in their shells and know values.
pages() {
    tests/install/pages.sh "$program"
    local page
    if need man=man-db mandoc=mandoc; then
        for page in target/pages/man/*.1; do
            man --warnings -l "$page" 2>&1 >/dev/null | tee "$folder/warnings"
            [ ! -s "$folder/warnings" ] || fail "$page"
        done
        # Pages without a date, and breaks beside spaces, are harmless; so is style.
        if mandoc -T lint -W warning target/pages/man/*.1 | grep -v 'cannot parse date\|missing date\|skipping paragraph macro: br'; then
            fail "mandoc complains"
        fi
    fi
    need zsh=zsh fish=fish elvish=elvish || return 0
    bash -n target/pages/connote.bash
    zsh -n target/pages/_connote
    fish -n target/pages/connote.fish
    # shellcheck disable=SC2016
    bash -c 'source target/pages/connote.bash; COMP_WORDS=(connote check --format ""); COMP_CWORD=3
        _connote connote "" --format; printf "%s\n" "${COMPREPLY[@]}"' >"$folder/bash"
    fish -c 'source target/pages/connote.fish; complete -C "connote check --format "' >"$folder/fish"
    for shell in bash fish; do
        for value in terminal json jsonl; do
            grep -qx "$value" "$folder/$shell" || fail "$shell does not complete --format $value"
        done
    done
    # zsh and elvish complete at a prompt only: they load it, and the values stand in it.
    zsh -fc 'autoload -U compinit && compinit -D && source target/pages/_connote && [[ $_comps[connote] = _connote ]]' ||
        fail "zsh does not load its completions"
    grep -q 'format=.*(terminal short json jsonl' target/pages/_connote || fail "zsh does not know the values of --format"
    # Outside a prompt elvish has no `edit:`: anything else would be a mistake of ours.
    elvish -compileonly target/pages/connote.elv 2>"$folder/elvish" || true
    if grep -i 'parse error' "$folder/elvish"; then fail "elvish does not read its completions"; fi
    if command -v pwsh >/dev/null; then
        pwsh -NoProfile -Command '. ./target/pages/connote.ps1' || fail "PowerShell does not load its completions"
    else
        say "PowerShell is not here: its completions were not tried"
    fi
}

# The Debian package holds what it should, installs, runs, and goes away again.
deb() {
    need dpkg-deb=dpkg dpkg-shlibdeps=dpkg-dev lintian=lintian || return 0
    if ! command -v cargo-deb >/dev/null; then
        cargo install --quiet --locked cargo-deb --version 3.8.0 --no-default-features --features gzip
    fi
    tests/install/pages.sh "$program"
    cargo deb --quiet --no-build --output "$folder/connote.deb"
    dpkg-deb --info "$folder/connote.deb" >"$folder/info"
    grep -q "^ Version: $version" "$folder/info" || fail "the version of the package"
    dpkg-deb --contents "$folder/connote.deb" >"$folder/contents"
    for file in bin/connote share/man/man1/connote-check.1.gz share/bash-completion/completions/connote \
        share/zsh/vendor-completions/_connote share/fish/vendor_completions.d/connote.fish \
        share/doc/connote/copyright share/doc/connote/NOTICE share/doc/connote/rules.md; do
        grep -q " ./usr/$file\$" "$folder/contents" || fail "/usr/$file is not in the package"
    done
    # No changelog of Debian's own, and no release of theirs that it could close a bug in.
    lintian --fail-on error --suppress-tags no-changelog,bad-distribution-in-changes-file "$folder/connote.deb" ||
        fail "lintian complains"
    [ "$(id -u)" -eq 0 ] || { say "not root: the package was not installed"; return 0; }
    dpkg -i "$folder/connote.deb" >/dev/null
    works /usr/bin/connote
    man -w connote-check >/dev/null || fail "man does not find connote-check"
    dpkg -r connote >/dev/null
    [ ! -e /usr/bin/connote ] || fail "removing the package leaves the program"
}

# The schemas, held against files by somebody else's validator; the reference, by somebody else's Markdown.
schemas() {
    venv "$folder/tools"
    "$folder/tools/bin/pip" -q install jsonschema markdown-it-py tomli
    "$program" schema config >"$folder/config.json"
    "$program" schema pack >"$folder/pack.json"
    "$program" rules --isolated --format markdown >"$folder/rules.md"
    "$folder/tools/bin/python" tests/install/schemas.py "$folder/config.json" "$folder/pack.json" "$folder/rules.md"
}

# Whether the toolchain has a target, or can get it.
target() {
    rustc --print target-libdir --target "$1" 2>/dev/null | xargs -r test -d && return 0
    command -v rustup >/dev/null && rustup target add "$1" >"$folder/rustup" 2>&1
}

# The library alone builds for browsers, and says in WebAssembly what it says here.
wasm() {
    cargo tree --no-default-features -e normal --prefix none --target wasm32-unknown-unknown >"$folder/tree"
    if grep -E '^(clap|tempfile|terminal_size|ignore|zip|calamine|getrandom|wasm-bindgen) ' "$folder/tree"; then
        fail "the library alone drags in what belongs to the program"
    fi
    if ! target wasm32-unknown-unknown; then
        say "WebAssembly was not built: this toolchain cannot add its targets"
        return 0
    fi
    cargo build --quiet --lib --no-default-features --target wasm32-unknown-unknown
    if ! target wasm32-wasip1; then
        say "WebAssembly was built and not run: this toolchain cannot add wasm32-wasip1"
        return 0
    fi
    cargo build --quiet --example embed --no-default-features --target wasm32-wasip1
    if ! command -v node >/dev/null; then
        say "WebAssembly was built and not run: node is not here"
        return 0
    fi
    printf '%s\n' 'Hi Zoë 👋, I came across your profile.' 'Hi {{first_name}}, I saw your post about rivers.' \
        'Hi Ana, I came across your profile.' >"$folder/drafts"
    cargo run --quiet --example embed <"$folder/drafts" >"$folder/here.json"
    node --no-warnings tests/install/wasi.mjs target/wasm32-wasip1/debug/examples/embed.wasm <"$folder/drafts" >"$folder/there.json"
    [ -s "$folder/here.json" ] && cmp "$folder/here.json" "$folder/there.json" || fail "WebAssembly gives other verdicts"
}

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
cargo build --release --quiet
for step in ${*:-schemas pages crate wheel deb wasm}; do
    say "$step"
    begun=$SECONDS
    "$step"
    say "$step: $((SECONDS - begun)) s"
done
