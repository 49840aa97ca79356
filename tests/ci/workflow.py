"""Runs the commands of an example workflow on this machine, in a clean clone of this repository.

    python3 tests/ci/workflow.py samples/ci/github.yml
    python3 tests/ci/workflow.py samples/ci/gitlab-ci.yml
    python3 tests/ci/workflow.py action.yml

needs git, bash, cargo and the package pyyaml. What the workflow sets as a variable can be set otherwise in the
surroundings. CARGO_TARGET_DIR, if set, spares building everything again. Ends as the workflow does: with the status
of the first command that fails. `--failing` wants the check to fail (status 1), as it must on drafts with errors.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def steps(document):
    """The variables and the commands of a workflow, an action, or a pipeline."""
    if "runs" in document:
        inputs = {f"inputs.{name}": str(value.get("default", "")) for name, value in document["inputs"].items()}
        for step in document["runs"]["steps"]:
            yield {name: expanded(value, inputs) for name, value in step.get("env", {}).items()}, step["run"]
        return
    variables = {name: str(value) for name, value in (document.get("env") or document.get("variables") or {}).items()}
    for job in document.get("jobs", {}).values():
        for step in job["steps"]:
            if "run" in step:
                yield variables, step["run"]
    for job in document.values():
        if isinstance(job, dict) and "script" in job:
            for command in job["script"]:
                yield variables, command


def expanded(text, inputs):
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: inputs[found.group(1)], text)


def surroundings(path, temporary):
    variables = dict(os.environ)
    if "gitlab" in path.name:
        variables["GITLAB_CI"] = "true"
    else:
        variables["GITHUB_ACTIONS"] = "true"
        variables["GITHUB_STEP_SUMMARY"] = str(temporary / "summary.md")
        variables["GITHUB_ACTION_PATH"] = "."
    variables["RUNNER_TEMP"] = str(temporary)
    variables["CARGO_INSTALL_ROOT"] = str(temporary / "installed")
    variables["PATH"] = f"{temporary / 'installed' / 'bin'}:{variables['PATH']}"
    return variables


def reports(clone, temporary, path):
    """Looks at what was left behind."""
    for name in ("connote.sarif", "gl-code-quality-report.json"):
        if (clone / name).exists():
            json.loads((clone / name).read_text())
            print(f"wrote {name}")
    if "gitlab" not in path.name:
        assert (temporary / "summary.md").read_text().startswith("# Connection notes")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("workflow", type=Path)
    arguments.add_argument("--failing", action="store_true")
    arguments.add_argument("--clone", type=Path, help="clone into this folder, or use the clone that is there")
    arguments = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        clone = (arguments.clone or temporary / "clone").resolve()
        if not clone.exists():
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        document = yaml.safe_load((clone / arguments.workflow).read_text())
        status = 0
        for variables, command in steps(document):
            print(f"$ {command.strip()}", flush=True)
            # The surroundings go first, so that another folder can be tried.
            known = {**variables, **surroundings(arguments.workflow, temporary)}
            status = subprocess.run(["bash", "-eo", "pipefail", "-c", command], cwd=clone, env=known).returncode
            if status != 0:
                break
        reports(clone, temporary, arguments.workflow)
    if arguments.failing:
        assert status == 1, f"the check had to fail with status 1, it was {status}"
        status = 0
    sys.exit(status)


main()
