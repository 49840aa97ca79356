#!/usr/bin/env python3
"""Goes through reviews in a real terminal (tmux) and looks at the screen and at the files written.

    python3 tests/review_screen.py [PROGRAM]

PROGRAM is target/release/connote unless named. Needs tmux; `.ci/run` installs it. All files lie in a folder
of its own, and the tmux server is one of its own, too.
"""

import atexit
import csv
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/connote").resolve()
PATIENCE = 20.0
GOOD = "Hi Ana, your talk on slow gardens in Bern was a joy. I'm planning a course on them and would like to ask about your drawings. Happy to send you mine."


class Screen:
    """A terminal of some size in which a shell runs."""

    count = 0

    def __init__(self, folder, width=80, height=24, env=()):
        # A server that is going away may still hold its socket.
        Screen.count += 1
        self.socket = str(folder / f"tmux.{Screen.count}")
        atexit.register(self.close)
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "it", "-x", str(width), "-y", str(height),
                  "-c", str(folder), "env", "-u", "NO_COLOR", "-u", "VISUAL", "-u", "EDITOR",
                  "SOURCE_DATE_EPOCH=1774612800", *env, "bash", "--norc", "--noprofile")
        self.tmux("set", "-g", "status", "off")
        self.type("PS1='$ '; clear")
        self.wait(lambda shown: shown.strip() == "$")
        self.modes = self.stty()

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-S", self.socket, *arguments], check=True, text=True, capture_output=True).stdout

    def stty(self):
        tty = self.tmux("display", "-p", "-t", "it", "#{pane_tty}").strip()
        with open(tty) as terminal:
            return subprocess.run(["stty", "-g"], stdin=terminal, check=True, text=True, capture_output=True).stdout

    def text(self, *more):
        return self.tmux("capture-pane", "-t", "it", "-p", *more)

    def wait(self, holds, what="what was expected"):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            shown = self.text()
            if holds(shown):
                return shown
            time.sleep(0.05)
        sys.exit(f"{what} did not come; the screen shows\n{self.text()}")

    def sees(self, *words):
        return self.wait(lambda shown: all(word in shown for word in words), repr(words))

    def keys(self, *keys):
        for key in keys:
            self.tmux("send-keys", "-t", "it", key)
            if key == "Escape":
                # Escape with a key right behind it is Alt with that key.
                time.sleep(0.3)

    def words(self, text):
        self.tmux("send-keys", "-t", "it", "-l", text)

    def type(self, line):
        self.words(line)
        self.keys("Enter")

    def run(self, *arguments):
        line = " ".join(f"'{argument}'" for argument in (PROGRAM, *arguments))
        self.type(f"clear; {line}; echo \"status $?\"")

    def is_given_back(self):
        """The terminal is as it was: the old screen, a cursor, and the modes of the shell."""
        self.wait(lambda shown: shown.rstrip().endswith("$"), "the prompt")
        flags = self.tmux("display", "-p", "-t", "it", "#{alternate_on} #{cursor_flag}").split()
        assert flags == ["0", "1"], flags
        end = time.monotonic() + PATIENCE
        while self.stty() != self.modes:
            assert time.monotonic() < end, (self.stty(), self.modes)
            time.sleep(0.05)

    def process(self):
        """The number of the program that runs in the shell."""
        shell = self.tmux("display", "-p", "-t", "it", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], text=True, capture_output=True).stdout.split()
        assert len(found) == 1, found
        return int(found[0])

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)


def batch(folder):
    """A spreadsheet with a byte order mark, semicolons, CRLF, quotes, emoji, and columns of its own."""
    rows = ("\ufeffid;first_name;note;mine;\"more \"\"x\"\"\"\r\n"
            f"a1;Ana;{GOOD};\"one;\"\"1\"\"\";x\r\n"
            "b2;Bo;\"Hi Bo, \"\"barges\"\" 👋\r\nare a joy.\";=2+2;y\r\n"
            "broken\r\n"
            "c3;Cy;Hi Cy, I came across your profile.; three ;\r\n"
            "d4;Dee;Hi Dee, let us connect.;4;z")
    path = folder / "batch.csv"
    path.write_bytes(rows.encode())
    return path


def journals(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".connote-review"))


def a_batch_from_marks_to_file(folder):
    path = batch(folder)
    before = path.read_bytes()
    screen = Screen(folder)
    screen.run("review", "--isolated", "batch.csv")
    shown = screen.sees("batch.csv: 0 ready, 0 skip, 0 later, 4 open", "? help", "1 problem")
    assert shown.splitlines()[4].split()[:2] == ["100", "ready"], shown
    # In the order of the file: Ana is ready, Bo is edited and ready, Cy is skipped.
    screen.keys("o", "Home", "r")
    screen.sees("1 ready, 0 skip", "a1: ready")
    screen.keys("e")
    screen.sees("Esc done", "Judged by itself")
    screen.words(" I'm planning one")
    screen.sees("I'm planning one")
    # Ctrl-C in the middle of an edit: the terminal is given back, nothing is lost.
    screen.keys("C-c")
    screen.sees("marks and edits of 2 notes are kept in .batch.csv.connote-review")
    screen.is_given_back()
    screen.run("review", "--isolated", "batch.csv")
    screen.sees("1 ready", "resumed 2 notes")
    screen.keys("o", "Home", "n", "e")
    screen.sees("I'm planning one", "the edit that was not finished")
    screen.words("; \"two\", 東京.")
    screen.keys("Escape")
    screen.sees("[edited]", "東京")
    screen.keys("r", "s")
    screen.sees("2 ready, 1 skip, 0 later, 1 open")
    # Killed: the marks are there again, too.
    process = screen.process()
    os.kill(process, signal.SIGTERM)
    screen.sees("Terminated")
    screen.is_given_back()
    screen.run("review", "--isolated", "batch.csv")
    screen.sees("2 ready, 1 skip, 0 later, 1 open", "resumed 3 notes")
    # Undo, and again.
    screen.keys("s", "u")
    screen.sees("2 ready, 1 skip, 0 later, 1 open")
    screen.keys("w")
    screen.sees("write to: batch.ready.csv")
    screen.keys("C-u")
    screen.words("batch.csv")
    screen.keys("Enter")
    screen.sees("this is the batch itself")
    screen.keys("w", "C-u")
    screen.words("batch.ready.csv")
    screen.keys("Enter")
    screen.sees("wrote 2 notes to batch.ready.csv")
    assert journals(folder) == [], journals(folder)
    screen.keys("q")
    screen.sees("status 0")
    screen.is_given_back()
    assert path.read_bytes() == before
    written = (folder / "batch.ready.csv").read_bytes().decode()
    expected = ("\ufeffid;first_name;note;mine;\"more \"\"x\"\"\"\r\n"
                f"a1;Ana;{GOOD};\"one;\"\"1\"\"\";x\r\n"
                "b2;Bo;\"Hi Bo, \"\"barges\"\" 👋\r\nare a joy. I'm planning one; \"\"two\"\", 東京.\";=2+2;y\r\n")
    assert written == expected, written
    read = list(csv.reader(io.StringIO(written.lstrip("\ufeff"), newline=""), delimiter=";"))
    assert read[2][2].endswith("\"two\", 東京."), read
    # Not over an existing file unasked.
    screen.run("review", "--isolated", "batch.csv")
    screen.sees("4 open")
    screen.keys("End", "r", "w", "Enter")
    screen.sees("batch.ready.csv is there already. Overwrite it?")
    screen.keys("n", "Escape", "q")
    screen.sees("1 note is ready and not written")
    screen.keys("q")
    screen.is_given_back()
    assert (folder / "batch.ready.csv").read_bytes().decode() == expected
    assert journals(folder) == [".batch.csv.connote-review"]
    screen.close()


def a_folder_becomes_a_folder(folder):
    shutil.copytree(ROOT / "samples/drafts", folder / "drafts")
    screen = Screen(folder, 120, 40, ["EDITOR=sed -i -e s/Hi/Hello/"])
    screen.run("review", "--isolated", "drafts")
    shown = screen.sees("drafts: 0 ready", "│")
    # List and note side by side.
    assert " of 200 characters" in shown, shown
    screen.keys("/")
    screen.words("priya")
    screen.keys("Enter")
    screen.sees("only `priya`: 1")
    screen.keys("E")
    screen.sees("Hello Sandra", "[edited]")
    screen.keys("r", "Escape", "/")
    screen.words("wanjiru")
    screen.keys("Enter")
    screen.sees("only `wanjiru`: 1")
    screen.keys("r", "w")
    screen.sees("write to: drafts.ready")
    screen.keys("Enter")
    screen.sees("wrote 2 notes to drafts.ready")
    screen.keys("q")
    screen.is_given_back()
    names = sorted(path.name for path in (folder / "drafts.ready").iterdir())
    assert names == ["priya-cold-rooms.md", "wanjiru-tea.note"], names
    old = (folder / "drafts/priya-cold-rooms.md").read_text()
    assert (folder / "drafts.ready/priya-cold-rooms.md").read_text() == old.replace("Hi Sandra", "Hello Sandra")
    same = [folder / name / "wanjiru-tea.note" for name in ("drafts", "drafts.ready")]
    assert same[0].read_bytes() == same[1].read_bytes()
    screen.close()


def json_lines_stay_json_lines(folder):
    shutil.copy(ROOT / "samples/notes.jsonl", folder)
    lines = (folder / "notes.jsonl").read_text().splitlines(keepends=True)
    screen = Screen(folder)
    screen.run("review", "--isolated", "notes.jsonl")
    screen.sees(f"{len(lines)} open")
    screen.keys("o", "Home", "r", "w", "Enter")
    screen.sees("wrote 1 note to notes.ready.jsonl")
    screen.keys("q")
    screen.is_given_back()
    written = (folder / "notes.ready.jsonl").read_text()
    assert written == lines[0], written
    json.loads(written)
    screen.close()


def without_colour_and_in_the_dark(folder):
    batch(folder)
    escapes = re.compile(r"\x1b\[[0-9;]*m")
    colour = re.compile(r"(^|;)(3[0-7]|38|4[0-7]|48|9[0-7])(;|$)")
    for env, expected in (["NO_COLOR=1"], False), ([], True):
        screen = Screen(folder, 100, 30, env)
        screen.run("review", "--isolated", "batch.csv")
        screen.sees("4 open")
        codes = escapes.findall(screen.text("-e"))
        assert any(colour.search(code[2:-1]) for code in codes) == expected, (env, codes)
        screen.keys("End", "Enter")
        # The marks are there as letters.
        screen.sees("reference==")
        screen.keys("q")
        screen.is_given_back()
        screen.close()
    screen = Screen(folder)
    screen.run("review", "batch.csv")
    screen.sees("4 open")
    screen.tmux("resize-window", "-t", "it", "-x", "40", "-y", "12")
    screen.wait(lambda shown: len(shown.splitlines()) <= 12 and "? help" in shown)
    screen.keys("?")
    screen.sees("explain the keys")
    screen.keys("Escape", "q")
    screen.type("TERM=dumb; clear")
    screen.run("review", "batch.csv")
    screen.wait(lambda shown: "TERM=dumb" in shown.replace("\n", "") and "status 2" in shown)
    screen.close()


def a_terminal_that_is_closed(folder):
    batch(folder)
    screen = Screen(folder)
    screen.run("review", "--isolated", "batch.csv")
    screen.sees("4 open")
    screen.keys("r", "e")
    screen.words(" more")
    screen.sees("more", "Esc done")
    process = screen.process()
    screen.tmux("kill-server")
    end = time.monotonic() + PATIENCE
    while pathlib.Path(f"/proc/{process}").exists():
        assert time.monotonic() < end, "it goes on without a terminal"
        time.sleep(0.05)
    kept = [json.loads(line) for line in (folder / ".batch.csv.connote-review").read_text().splitlines()[1:]]
    last = {entry["key"]: entry for entry in kept}.values()
    assert sorted(entry["mark"] for entry in last) == ["open", "ready"], last
    assert any(entry.get("draft", "").endswith(" more") for entry in last), last


def main():
    if shutil.which("tmux") is None:
        sys.exit("tmux is needed")
    for part in (a_batch_from_marks_to_file, a_folder_becomes_a_folder, json_lines_stay_json_lines,
                 without_colour_and_in_the_dark, a_terminal_that_is_closed):
        with tempfile.TemporaryDirectory(prefix="connote-review-") as folder:
            part(pathlib.Path(folder))
        print(f"{part.__name__.replace('_', ' ')}: as it should be")


main()
