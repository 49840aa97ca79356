#!/usr/bin/env python3
"""Measures connote as a program. Standard library only; data goes to a temporary folder.

  bench.py [cold] [folder] [rows] [cores] [peers] [options]      without a name: all but peers

cold    one note, against `true`: what start-up costs
folder  10,000 drafts in a folder
rows    1,000,000 rows of JSON Lines in each output format: time and peak memory
cores   100,000 rows of JSON Lines on one core and on all
peers   connote beside other checkers of English on a folder of files (see peers.py)

Every table shows medians, and processor seconds beside wall seconds: on a busy machine trust the
processor seconds, and of wall seconds the ratios of runs made in turn.
"""
import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile

import measure
import peers

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ONE = "Hi {{first_name}}, I would like to add you to my professional network."
GOOD = "Hi Priya, your talk on cold chains at the spring meeting stayed with me. How did you get the budget? I can send you our checklist."
FORMATS = ["terminal", "short", "json", "jsonl"]


def make(args, work, count, form):
    """A batch, made once."""
    path = os.path.join(work, f"{count}" + (".d" if form == "dir" else "." + form))
    if not os.path.exists(path):
        command = [sys.executable, args.generator, "--n", str(count), "--format", form, "--out", path]
        subprocess.run(command, check=True)
    return path


def check(args, *more):
    return [args.connote, "check", "--isolated", *more]


def sound(runs):
    """A run that did not read its notes has measured nothing: 0 and 1 are clean and findings."""
    bad = {run.status for run in runs} - {0, 1}
    if bad:
        sys.exit(f"bench: connote ended with status {bad}")


def cold(args, work):
    commands = [("true", ["true"])]
    for name, text in (("one note", ONE), ("another", GOOD)):
        path = os.path.join(work, name.replace(" ", "-") + ".md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        commands.append((name, check(args, path)))
    commands.append(("--version", [args.connote, "--version"]))
    runs = measure.in_turn(commands, max(args.runs, 30), warm_up=3)
    print(f"\n## One note, cold ({max(args.runs, 30)} runs, in turn)\n")
    print("| command | least ms | median ms | most ms | cpu ms | over `true`, ms | times `true` | peak MB |\n|---|---|---|---|---|---|---|---|")
    for name, *_ in commands:
        sound(runs[name]) if name != "true" else None
        least, mid, most = measure.spread(runs[name], "wall")
        over, ratio = measure.pairs(runs[name], runs["true"], "wall")
        cells = f"{least * 1e3:.1f} | {mid * 1e3:.1f} | {most * 1e3:.1f} | {measure.median(runs[name], 'cpu') * 1e3:.1f} | {over * 1e3:.1f} | {ratio:.1f}"
        print(f"| {name} | {cells} | {measure.median(runs[name], 'peak_mb'):.0f} |")


HEAD = "| run | wall s | cpu s | notes/s | notes per cpu s | peak MB |\n|---|---|---|---|---|---|"


def row(name, runs, count):
    sound(runs)
    wall, cpu = measure.median(runs, "wall"), measure.median(runs, "cpu")
    return f"| {name} | {wall:.2f} | {cpu:.2f} | {count / wall:,.0f} | {count / cpu:,.0f} | {measure.median(runs, 'peak_mb'):.0f} |"


def folder(args, work):
    count = max(1, int(10_000 * args.scale))
    path = make(args, work, count, "dir")
    commands = [(form, check(args, "--format", form, path)) for form in ("terminal", "jsonl")]
    runs = measure.in_turn(commands, args.runs)
    print(f"\n## {count:,} drafts in a folder ({args.runs} runs, in turn)\n\n{HEAD}")
    for name, done in runs.items():
        print(row(name, done, count))


def rows(args, work):
    count = max(1, int(1_000_000 * args.scale))
    path = make(args, work, count, "jsonl")
    runs = measure.in_turn([(form, check(args, "--format", form, path)) for form in FORMATS], args.long_runs, warm_up=0)
    size = os.path.getsize(path)
    print(f"\n## {count:,} rows of JSON Lines, {size / 1e6:.0f} MB, {size / count:.0f} bytes a row ({args.long_runs} run(s), in turn)\n\n{HEAD[:-1].replace('peak MB |', 'peak MB | bytes/row |', 1)}|---|")
    for name, done in runs.items():
        peak = measure.median(done, "peak_mb")
        print(row(name, done, count) + f" {peak * 2**20 / count:,.0f} |")


def cores(args, work):
    count = max(1, int(100_000 * args.scale))
    path = make(args, work, count, "jsonl")
    all_cores = len(os.sched_getaffinity(0))
    command = check(args, "--format", "jsonl", path)
    commands = [("one core", command, {"RAYON_NUM_THREADS": "1"}), (f"{all_cores} cores", command, {"RAYON_NUM_THREADS": str(all_cores)})]
    runs = measure.in_turn(commands, args.runs, warm_up=0)
    print(f"\n## {count:,} rows of JSON Lines, whole default pack ({args.runs} runs, in turn)\n\n{HEAD}")
    for name, done in runs.items():
        print(row(name, done, count))
    _, ratio = measure.pairs(runs["one core"], runs[commands[1][0]], "wall")
    print(f"\n{all_cores} cores are {ratio:.2f} times as fast as one.")


def beside_peers(args, work):
    count = max(1, int(args.peer_notes * args.scale))
    path = make(args, work, count, "dir")
    found = [peer for peer in peers.install(args.peers_dir or os.path.join(work, "peers")) if not args.only or peer.name in args.only]
    commands = [("connote", check(args, "--format", "short", path))]
    # Programs that take the files one by one get them all in one call.
    commands += [(peer.name, peer.command(path)) for peer in found]
    runs = measure.in_turn(commands, args.runs)
    print(f"\n## Beside other checkers: {count:,} files ({args.runs} runs, in turn)\n\n{HEAD[:-1].replace('peak MB |', 'peak MB | connote is faster by | status |', 1)}|---|---|")
    for name, done in runs.items():
        wall, cpu = measure.median(done, "wall"), measure.median(done, "cpu")
        _, ratio = measure.pairs(done, runs["connote"], "wall")
        status = ", ".join(str(status) for status in sorted({each.status for each in done}))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {count / wall:,.0f} | {count / cpu:,.0f} | {measure.median(done, 'peak_mb'):.0f} | {ratio:.1f} | {status} |")
    print("\n" + "\n".join(f"- {peer.name} {peer.version}: {peer.does}" for peer in found))


PARTS = {"cold": cold, "folder": folder, "rows": rows, "cores": cores, "peers": beside_peers}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="which to measure: " + ", ".join(PARTS))
    parser.add_argument("--connote", default=os.path.join(ROOT, "target/release/connote"), help="the program (default: target/release/connote)")
    parser.add_argument("--generator", default=os.path.join(HERE, "notes.py"), help="writes the notes: --n N --format jsonl|dir --out PATH (default: notes.py)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (default 5; cold never less than 30)")
    parser.add_argument("--long-runs", type=int, default=1, help="runs of each format in `rows` (default 1)")
    parser.add_argument("--scale", type=float, default=1.0, help="less or more notes than usual, such as 0.1")
    parser.add_argument("--peer-notes", type=int, default=1000, help="files for `peers` (default 1000)")
    parser.add_argument("--peers-dir", help="where the other checkers are installed, or are already")
    parser.add_argument("--only", nargs="+", help="only these peers")
    parser.add_argument("--work", help="keep the data in this folder and use it again")
    args = parser.parse_args()
    unknown = set(args.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if not os.path.exists(args.connote):
        parser.error(f"there is no {args.connote}; run `cargo build --release` first")
    args.connote, args.generator = os.path.abspath(args.connote), os.path.abspath(args.generator)
    work = args.work or tempfile.mkdtemp(prefix="connote-bench-")
    os.makedirs(work, exist_ok=True)
    version = subprocess.run([args.connote, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{version}; {platform.system()} {platform.machine()}, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}; notes by {os.path.basename(args.generator)}")
    try:
        for name in args.parts or ["cold", "folder", "rows", "cores"]:
            PARTS[name](args, work)
            sys.stdout.flush()
    finally:
        if not args.work:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
