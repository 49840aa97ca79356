"""Other checkers of English, installed by name into a folder. One that cannot be had is left out.

They do other things than connote: this compares what a person waits for, not what is found.
"""
import glob
import os
import shutil
import subprocess
import sys

# What is installed by which installer. Each must find something in the trial.
PYTHON = ["typos", "proselint"]
NODE = ["write-good", "textlint", "textlint-rule-write-good", "harper.js"]

TRIAL = "In my humble opinion it is is very very obvious that we will definately recieve alot of replys.\n"

HARPER = """
import { readFileSync } from "node:fs";
import { LocalLinter } from "harper.js";
import { binaryInlined } from "harper.js/binaryInlined";
const linter = new LocalLinter({ binary: binaryInlined });
let found = 0;
for (const path of process.argv.slice(2)) found += (await linter.lint(readFileSync(path, "utf8"))).length;
console.log(`${found} found`);
process.exit(found ? 1 : 0);
"""


class Peer:
    """A checker that is here: its name, version, what it does, and its command for a folder."""

    def __init__(self, name, version, does, command):
        self.name, self.version, self.does, self.command = name, version, does, command


def files(folder):
    return sorted(glob.glob(os.path.join(folder, "**", "*.md"), recursive=True))


def quietly(command, **more):
    """Whether a command went well."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300, check=False, **more).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def version(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return (done.stdout or done.stderr).strip().splitlines()[0].split()[-1]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "?"


def works(peer, trial):
    """Whether it says something of a text full of mistakes: one that breaks at once is not fast."""
    try:
        done = subprocess.run(peer.command(trial), capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "very" in done.stdout or "definately" in done.stdout or "found" in done.stdout


def install(folder):
    """Installs what can be had, and gives it."""
    os.makedirs(folder, exist_ok=True)
    folder = os.path.abspath(folder)
    bins = os.path.join(folder, "venv", "bin")
    if not os.path.exists(bins):
        quietly([sys.executable, "-m", "venv", os.path.join(folder, "venv")])
    for package in PYTHON:
        if not os.path.exists(os.path.join(bins, package)):
            quietly([os.path.join(bins, "pip"), "-q", "install", package])
    modules = os.path.join(folder, "node_modules")
    if shutil.which("npm"):
        with open(os.path.join(folder, "package.json"), "a", encoding="utf-8") as file:
            if file.tell() == 0:
                file.write('{"private": true, "type": "module"}')
        for package in NODE:
            if not os.path.exists(os.path.join(modules, package)):
                quietly(["npm", "install", "--silent", "--no-audit", "--no-fund", package], cwd=folder)
    trial = os.path.join(folder, "trial")
    os.makedirs(trial, exist_ok=True)
    with open(os.path.join(trial, "trial.md"), "w", encoding="utf-8") as file:
        file.write(TRIAL)
    found = [peer for peer in candidates(folder, bins, modules) if works(peer, trial)]
    names = {peer.name for peer in found}
    missing = [name for name in ("typos", "proselint", "write-good", "textlint", "harper.js") if name not in names]
    if missing:
        print(f"bench: left out, not to be had here: {', '.join(missing)}", file=sys.stderr)
    return found


def candidates(folder, bins, modules):
    typos, proselint = os.path.join(bins, "typos"), os.path.join(bins, "proselint")
    if os.path.exists(typos):
        yield Peer("typos", version([typos, "--version"]), "spelling", lambda path: [typos, "--isolated", "--no-ignore", path])
    if os.path.exists(proselint):
        yield Peer("proselint", version([proselint, "version"]), "style", lambda path: [proselint, "check", path])
    good, textlint = os.path.join(modules, ".bin", "write-good"), os.path.join(modules, ".bin", "textlint")
    if os.path.exists(good):
        yield Peer("write-good", version([good, "--version"]), "style, all files in one run", lambda path: [good, *files(path)])
    if os.path.exists(textlint):
        told = ["--rules-base-directory", modules, "--rule", "write-good", "--no-textlintrc"]
        yield Peer("textlint", version([textlint, "--version"]), "Markdown, with its write-good rule", lambda path: [textlint, *told, path])
    if os.path.exists(os.path.join(modules, "harper.js")):
        script = os.path.join(folder, "harper.mjs")
        with open(script, "w", encoding="utf-8") as file:
            file.write(HARPER)
        package = os.path.join(modules, "harper.js", "package.json")
        number = version(["node", "-p", f"require({package!r}).version"])
        yield Peer("harper.js", number, "grammar and spelling, one process for all files", lambda path: ["node", script, *files(path)])
