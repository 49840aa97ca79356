#!/usr/bin/env python3
"""How well and how fast notes that resemble each other are found.

  similar.py truth [--n N] [--seed S] [--generator PATH] [--connote PATH]
  similar.py speed [--n N,N,...] [--runs R] [--generator PATH] [--connote PATH]

truth   on a batch of which the generator says what was made from what: how many of the notes that
        were made from another one, or from the template of another one, are put together with it;
        how many of the notes that are like no other are put together with any; and whether the
        skeletons shown are the templates
speed   the rules between notes alone and the whole check, on batches of several sizes; and one
        template of a quarter of the batch beside a batch with many templates, if the generator has
        `--templates`

The generator is `notes.py --related` here; another one with the options `--n N --seed S --out PATH`
that writes kind, template and dup_of is named by --generator.
"""
import argparse
import difflib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
RULES = "duplicate,near-duplicate,template,same-company,stale-opening"


def generate(args, path, count, *more):
    own = args.generator or os.path.join(HERE, "notes.py")
    options = [] if args.generator else ["--related"]
    command = [sys.executable, own, "--n", str(count), "--seed", str(args.seed), "--out", path]
    subprocess.run(command + options + list(more), check=True)


def skeletons_of(args, count):
    """The generator's own templates: the marks \\x01, \\x02, \\x03 stand for slots."""
    path = args.generator or os.path.join(HERE, "notes.py")
    spec = importlib.util.spec_from_file_location("generator", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if hasattr(module, "templates"):
        return module.templates(count, args.seed)
    return module.Gen(args.seed, count).templates


def words_of(text):
    """Words in lower case; a slot is "\\0", and slots side by side are one."""
    text = re.sub("[\x01\x02\x03](['\u2019]s\\b)?", " \0 ", text)
    found = re.findall(r"\0|[\w'\u2019]+", text.lower())
    return [word for at, word in enumerate(found) if word != "\0" or found[at - 1 : at] != ["\0"]]


def skeleton_words(pieces):
    return words_of("".join(piece.get("text", "\x01") for piece in pieces))


def truth(args, work):
    path = os.path.join(work, "notes.jsonl")
    count = int(args.n or 100000)
    generate(args, path, count)
    notes = [json.loads(line) for line in open(path, encoding="utf-8")]
    command = [args.connote, "check", "--isolated", "--exit-zero", "--select", RULES, "--format", "json", path]
    document = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    group = list(range(len(notes)))

    def root(note):
        while group[note] != note:
            group[note] = group[group[note]]
            note = group[note]
        return note

    linked = [cluster for cluster in document["clusters"] if cluster["kind"] in ("duplicate", "near-duplicate", "template")]
    for cluster in linked:
        first, *others = sorted(int(member) for member in cluster["members"])
        for other in others:
            one, two = sorted((root(first), root(other)))
            group[two] = one
    family = {}
    for note in notes:
        template, of = note["template"], note["dup_of"]
        family[note["id"]] = family[of] if of is not None else ("template", template) if template is not None else ("note", note["id"])
    sizes, seen = {}, {}
    for note in notes:
        sizes[family[note["id"]]] = sizes.get(family[note["id"]], 0) + 1
    groups = {}
    for note in notes:
        groups[root(note["id"])] = groups.get(root(note["id"]), 0) + 1
    related = found = unique = wrong = 0
    pairs = {"near": [0, 0], "exact": [0, 0]}
    for note in notes:
        number, own, here = note["id"], family[note["id"]], root(note["id"])
        if own in seen:
            related += 1
            found += here in seen[own]
        seen.setdefault(own, set()).add(here)
        if note["kind"] == "unique" and sizes[own] == 1:
            unique += 1
            wrong += groups[here] > 1
        if note["kind"] in pairs:
            pairs[note["kind"]][0] += here == root(note["dup_of"])
            pairs[note["kind"]][1] += 1
    rows = [
        ("notes with an earlier relative that are put together with it", found, related, "0.998"),
        ("notes like no other that are put together with any", wrong, unique, "0.006 at most"),
        ("near-duplicates put together with their source", *pairs["near"], "0.997"),
        ("copies put together with their source", *pairs["exact"], "1.000"),
    ]
    print("%d notes, seed %d\n" % (count, args.seed))
    for what, part, of, goal in rows:
        print("%-62s %7d of %7d  %.4f  (goal %s)" % (what, part, of, part / max(1, of), goal))
    skeletons(args, count, notes, document["clusters"])


def skeletons(args, count, notes, clusters):
    """Each skeleton shown beside the template that most of its notes were made from."""
    marked = skeletons_of(args, count)
    real = [words_of(template) for template in marked]
    made = {}
    for note in notes:
        if note["template"] is not None:
            made[note["template"]] = made.get(note["template"], 0) + 1
    shown = {}
    for cluster in clusters:
        if cluster["kind"] != "template":
            continue
        votes = {}
        for member in cluster["members"]:
            template = notes[int(member)]["template"]
            votes[template] = votes.get(template, 0) + 1
        votes.pop(None, None)
        if votes:
            template = max(votes, key=votes.get)
            if votes[template] > shown.get(template, (0,))[0]:
                shown[template] = (votes[template], skeleton_words(cluster["skeleton"]))
    # Notes in which only name and company differ are copies by definition, and shown as such.
    wanted = [template for template, size in made.items() if size >= 4 and "\x03" in marked[template]]
    shared = ours = theirs = identical = 0
    for template in wanted:
        known = [word for word in real[template] if word != "\0"]
        theirs += len(known)
        if template not in shown:
            continue
        own = [word for word in shown[template][1] if word != "\0"]
        blocks = difflib.SequenceMatcher(None, own, known, autojunk=False).get_matching_blocks()
        shared += sum(block.size for block in blocks)
        ours += len(own)
        identical += shown[template][1] == real[template]
        if args.verbose and shown[template][1] != real[template]:
            print("template", template, "\n  made ", " ".join(real[template]).replace("\0", "*"), "\n  shown", " ".join(shown[template][1]).replace("\0", "*"))
    print("\nskeletons of %d templates of four notes or more (%d shown)" % (len(wanted), sum(t in shown for t in wanted)))
    print("word precision %.4f (goal 0.999)  word recall %.4f (goal 0.99)  identical %.3f (goal 0.94)"
          % (shared / max(1, ours), shared / max(1, theirs), identical / max(1, len(wanted))))


def speed(args, work):
    sizes = [int(size) for size in str(args.n or "1000,10000,100000").split(",")]
    commands = {}
    for size in sizes:
        path = os.path.join(work, "notes%d.jsonl" % size)
        generate(args, path, size)
        base = [args.connote, "check", "--isolated", "--exit-zero", "-q"]
        commands["rules between notes, %d" % size] = (base + ["--select", RULES, path], path)
        if size <= 100000:
            commands["whole check, %d" % size] = (base + [path], path)
    if args.generator:
        one, many = os.path.join(work, "one.jsonl"), os.path.join(work, "many.jsonl")
        generate(args, one, 40000, "--templates", "1")
        generate(args, many, 40000)
        for what, path in (("one template, 40000", one), ("many templates, 40000", many)):
            commands[what] = ([args.connote, "check", "--isolated", "--exit-zero", "-q", "--select", RULES, path], path)
    runs = measure.in_turn([(what, command) for what, (command, _) in commands.items()], args.runs, warm_up=0)
    print("%-34s %9s %9s %9s %12s" % ("median of %d" % args.runs, "wall s", "cpu s", "peak MB", "x the file"))
    for what, (_, path) in commands.items():
        wall, cpu, peak = (measure.median(runs[what], figure) for figure in ("wall", "cpu", "peak_mb"))
        of_file = peak * 1024 * 1024 / os.path.getsize(path)
        print("%-34s %9.3f %9.3f %9.0f %12.2f" % (what, wall, cpu, peak, of_file))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["truth", "speed"])
    parser.add_argument("--n")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--generator")
    parser.add_argument("--verbose", action="store_true", help="print the skeletons that are not the template")
    parser.add_argument("--connote", default=os.path.join(HERE, "../../target/release/connote"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        {"truth": truth, "speed": speed}[args.what](args, work)


if __name__ == "__main__":
    main()
