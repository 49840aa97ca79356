#!/usr/bin/env python3
"""Writes a batch of made-up connection notes. The same number and seed give the same notes.

  notes.py --n N [--seed S] [--format jsonl|csv|dir] --out PATH

jsonl   one object a line: id, first_name, company, text
csv     header id,first_name,company,text
dir     one file a note with front matter; above 10,000 notes, folders of 1,000

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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=["jsonl", "csv", "dir"], default="jsonl")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    if args.format == "dir":
        for note in notes(args.n, args.seed):
            folder = os.path.join(args.out, "%04d" % (note["id"] // 1000)) if args.n > 10000 else args.out
            os.makedirs(folder, exist_ok=True)
            head = "".join("%s = %s\n" % (key, json.dumps(note[key], ensure_ascii=False)) for key in ("first_name", "company"))
            with open(os.path.join(folder, "%07d.md" % note["id"]), "w", encoding="utf-8", newline="") as file:
                file.write("+++\n" + head + "+++\n" + note["text"] + "\n")
        return
    with open(args.out, "w", encoding="utf-8", newline="") as file:
        if args.format == "jsonl":
            for note in notes(args.n, args.seed):
                file.write(json.dumps(note, ensure_ascii=False) + "\n")
        else:
            table = csv.DictWriter(file, ["id", "first_name", "company", "text"])
            table.writeheader()
            table.writerows(notes(args.n, args.seed))


if __name__ == "__main__":
    main()
