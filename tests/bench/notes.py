#!/usr/bin/env python3
"""Writes a batch of made-up connection notes. The same number and seed give the same notes.

  notes.py --n N [--seed S] [--format jsonl|csv|dir] [--related] --out PATH

jsonl   one object a line: id, first_name, company, text
csv     header id,first_name,company,text
dir     one file a note with front matter; above 10,000 notes, folders of 1,000

--related makes a third of the notes from templates, a tenth from an earlier note with a word or two
changed and a twentieth from one with other punctuation, and says so in each object of jsonl: kind
(unique, template, near, exact), template (its number), dup_of (the id of the earlier note).

Plain on purpose: some sentences for each part of a note, put together at random, now and then with
an accent, an emoji, a curly quote, an empty field, a copy of the note before. Whoever has a better
generator with the same options gives its path to `bench.py --generator`.
"""
import argparse
import csv
import json
import os
import random

NAMES = "Ana Bert Chiara Dilip Elif Farah Goran Hanna Ines Jonas Kofi Leïla Marek Núria Olu Petra Søren Tomasz Uma Zoë".split()
COMPANIES = "Alderbank|Brightmoor Foods|Copperline|Dunlin Labs|Eastgate Rail|Fennick & Sons|Gullwing Energy|Harrowfield".split("|")
TOPICS = """cold chains for vaccines|hiring in small towns|night trains|open data in city halls|repairing old looms|
battery recycling|teaching statistics|food waste in canteens|onboarding remote engineers|tendering for hospitals""".replace("\n", "").split("|")
GREETINGS = ["Hi {name}, ", "Hello {name}, ", "Dear {name},\n", "{name}, ", "Hey {name} - ", "Hi {{{{first_name}}}}, ", ""]
REFERENCES = [
    "your talk on {topic} at the spring meeting stayed with me. ", "I read your article about {topic} twice. ",
    "Marta Lindqvist at {company} told me you run the group on {topic}. ", "I came across your profile. ",
    "we were both at {company} in 2019, you in operations and I in sales. ", "your profile caught my eye. ", "",
]
REASONS = [
    "I am preparing a panel on {topic} and would like your view on its costs. ", "How did you get the budget for {topic}? ",
    "I’m moving into {topic} and want to follow what {company} does next. ", "I would like to expand my network. ",
    "We are hiring two planners for {topic} in Ghent. ", "I help firms like {company} grow sales by 40%. ", "",
]
VALUES = [
    "I can send you our checklist for {topic}.", "Happy to share the data from our survey of 60 firms.",
    "I'd gladly introduce you to the team behind it.", "Let's exchange ideas!", "Do you have 15 minutes for a call this week?",
    "Maybe we could help each other 🙂", "Thanks, Tom", "",
]


def notes(count, seed):
    rng = random.Random(seed)
    pick = lambda words: words[int(rng.random() * len(words))]
    text = ""
    for number in range(count):
        name, company = pick(NAMES), pick(COMPANIES)
        if not text or rng.random() > 0.05:
            parts = [pick(GREETINGS), pick(REFERENCES), pick(REASONS), pick(VALUES)]
            text = "".join(part.format(name=name, company=company, topic=pick(TOPICS)) for part in parts)
        yield {"id": number, "first_name": name, "company": company, "text": text}


# Marks in a template: the name, the company, words of its own.
NAME, COMPANY, OWN = "\x01", "\x02", "\x03"


def syllables(rng):
    """A word that nobody has seen."""
    pick = lambda letters: letters[int(rng.random() * len(letters))]
    return "".join(pick("bdfgklmnprstv") + pick("aeiou") for _ in range(2 + int(rng.random() * 3)))


def templates(count, seed):
    """The skeletons of a related batch: a greeting, and sentences with a slot and the company."""
    rng = random.Random(seed + 1)
    words = lambda: [syllables(rng) for _ in range(6 + int(rng.random() * 8))]
    made = range(max(4, int(count ** 0.5 / 2)))
    return [" ".join(["Hi " + NAME + ",", *words(), OWN, *words(), COMPANY, *words()]) + "." for _ in made]


def related(count, seed):
    rng = random.Random(seed)
    pick = lambda words: words[int(rng.random() * len(words))]
    word = lambda: syllables(rng)
    skeletons, known = templates(count, seed), []
    for number in range(count):
        draw, template, of = rng.random(), None, None
        name, company = pick(NAMES), pick(COMPANIES)
        if draw < 0.15 and known:
            kind = "near" if draw < 0.1 else "exact"
            of, name, company, text = pick(known)
            words = text.split(" ")
            for _ in range(1 + int(rng.random() * 2)) if kind == "near" else []:
                words[int(rng.random() * len(words))] = word()
            text = " ".join(words) if kind == "near" else text.upper().replace(". ", "!  ")
        elif draw < 0.5:
            kind, template = "template", int(rng.random() ** 2 * len(skeletons))
            own = " ".join(word() for _ in range(1 + int(rng.random() * 4)))
            text = skeletons[template].replace(NAME, name).replace(COMPANY, company).replace(OWN, own)
        else:
            kind = "unique"
            text = " ".join([name + ","] + [word() for _ in range(20 + int(rng.random() * 20))])
        if kind != "exact":
            known.append((number, name, company, text))
        note = {"id": number, "first_name": name, "company": company, "text": text}
        yield note | {"template": template, "dup_of": of, "kind": kind}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=["jsonl", "csv", "dir"], default="jsonl")
    parser.add_argument("--related", action="store_true")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    make = related if args.related else notes
    if args.format == "dir":
        for note in make(args.n, args.seed):
            folder = os.path.join(args.out, "%04d" % (note["id"] // 1000)) if args.n > 10000 else args.out
            os.makedirs(folder, exist_ok=True)
            head = "".join("%s = %s\n" % (key, json.dumps(note[key], ensure_ascii=False)) for key in ("first_name", "company"))
            with open(os.path.join(folder, "%07d.md" % note["id"]), "w", encoding="utf-8", newline="") as file:
                file.write("+++\n" + head + "+++\n" + note["text"] + "\n")
        return
    with open(args.out, "w", encoding="utf-8", newline="") as file:
        if args.format == "jsonl":
            for note in make(args.n, args.seed):
                file.write(json.dumps(note, ensure_ascii=False) + "\n")
        else:
            table = csv.DictWriter(file, ["id", "first_name", "company", "text"], extrasaction="ignore")
            table.writeheader()
            table.writerows(make(args.n, args.seed))


if __name__ == "__main__":
    main()
