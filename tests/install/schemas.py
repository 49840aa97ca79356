"""Holds the schemas against files that are right and files that are not, with a validator that is not ours, and
reads the reference of the rules with a Markdown reader that is not ours.

Usage: schemas.py CONFIG.json PACK.json RULES.md, from the top folder of the project.
"""

import copy
import glob
import json
import re
import sys

import jsonschema
import tomli
from markdown_it import MarkdownIt

CONFIG, PACK = (json.load(open(path)) for path in sys.argv[1:3])


def toml(path):
    with open(path, "rb") as file:
        return tomli.load(file)


def switched_on(path):
    """The settings of a commented file, all of them: `#key` is a setting, `# ` begins prose."""
    lines = open(path, encoding="utf-8").read().splitlines()
    return tomli.loads("\n".join(re.sub(r"^#(?! )", "", line) for line in lines))


VALIDATORS = {id(schema): jsonschema.Draft7Validator(schema) for schema in (CONFIG, PACK)}


def right(schema, document, name):
    found = list(VALIDATORS[id(schema)].iter_errors(document))
    assert not found, f"{name}: {[(list(one.path), one.message) for one in found][:3]}"


def wrong(schema, document, name):
    assert not VALIDATORS[id(schema)].is_valid(document), f"nothing is found wrong with {name}"


def keys(schema, document, path=()):
    """Paths of all tables of a document."""
    yield path, document
    for key, value in document.items():
        if isinstance(value, dict):
            yield from keys(schema, value, path + (key,))


for schema in (CONFIG, PACK):
    jsonschema.Draft7Validator.check_schema(schema)

configs = {path: toml(path) for path in ["samples/connote.toml", "src/bin/connote/init/connote.toml"]}
configs["init, all switched on"] = switched_on("src/bin/connote/init/connote.toml")
for name, document in configs.items():
    right(CONFIG, document, name)

# One letter too many in any key that the program knows, and the file is wrong; so is a value of a wrong type.
tried = 0
for name, document in configs.items():
    for path, table in keys(CONFIG, document):
        if path[:1] in [("zones",), ("columns",), ("rules",)] and len(path) < 2:
            continue  # the user's own keys
        for key in table:
            broken = copy.deepcopy(document)
            inner = broken
            for step in path:
                inner = inner[step]
            inner[key + "x"] = inner.pop(key)
            wrong(CONFIG, broken, f"{name}: {'.'.join(path + (key + 'x',))}")
            tried += 1
assert tried > 40, tried
for text in [
    'account = "payed"', "max-warnings = -1", "exclude = 3", "[sender]\nname = 1", "[schedule]\nper-day = \"many\"",
    "[[overrides]]\nignore = []", "[rules.stock-opening]\nlevel = \"loud\"", "[rules.stock-opening]\ndeducts = 3",
    "[score.value]\nspecial = 3", "[columns]\n\"Text\" = \"notes\"",
]:
    wrong(CONFIG, tomli.loads(text), text)
right(CONFIG, tomli.loads("[rules.our-own]\nanything = 3"), "a rule of somebody's own")

packs = {path: toml(path) for path in sorted(glob.glob("rules/**/*.toml", recursive=True)) + ["samples/team.toml"]}
assert len(packs) > 10
tried = 0
for name, document in packs.items():
    right(PACK, document, name)
    for number, rule in enumerate(document.get("rule", [])):
        for key in rule:
            broken = {"rule": [dict(rule)]}
            broken["rule"][0][key + "x"] = broken["rule"][0].pop(key)
            wrong(PACK, broken, f"{name}: {rule['id']}: {key}x")
            tried += 1
assert tried > 500, tried
for text in [
    "[[rule]]\nkind = 'phrase'\nmessage = 'x'", "[[rule]]\nid = 'x'\nphrses = ['x']", "[[rule]]\nid = 'X'\nkind = 'phrase'\nmessage = 'x'", "[[rule]]\nid = 'x'\nkind = 'phrses'\nmessage = 'x'",
    "[[rule]]\nid = 'x'\nkind = 'missing'\nmessage = 'x'\npart = 'reference'\nis = 'some'", "[pack]\nnam = 'x'",
    "[[rule]]\nid = 'x'\nkind = 'phrase'\nmessage = 'x'\nbad = [{note = 'x', frist_name = 'Ana'}]", "[vocabulary]\nx = 'y'",
]:
    wrong(PACK, tomli.loads(text), text)

# The reference: every rule is a heading with sound lists below it, no HTML gets through, links lead to headings.
tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(open(sys.argv[3], encoding="utf-8").read())
inline = [child for token in tokens for child in token.children or []]
assert not [token for token in tokens + inline if token.type.startswith("html")], "HTML in the reference"
headings = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h3"]
ids = [heading.children[0].content for heading in headings]
known = [rule["id"] for document in packs.values() for rule in document.get("rule", [])]
own = {rule["id"] for rule in packs["samples/team.toml"]["rule"]}
assert len(ids) == len(set(ids)) and set(ids) == set(known) - own, set(known) ^ set(ids)
links = [child.attrs["href"] for child in inline if child.type == "link_open"]
assert all(link.startswith("#") or link == "WRITING.md" for link in links), set(links)
print(f"{len(configs)} configurations, {len(packs)} packs and {tried} misspelt keys; {len(ids)} rules in the reference")
