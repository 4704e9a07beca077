"""Do the locked files hold what pyproject.toml and package.json ask for, and no addresses?

Reads files only. `make lock` puts right what this finds.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def pins(file):
    """Return the version of each package that a requirements file pins."""
    found = re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", Path(file).read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def unmet(asked, pinned, file):
    for requirement in map(Requirement, asked):
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"{file} has {version or 'nothing'} for {requirement}."


def problems():
    project = tomllib.loads(Path("pyproject.toml").read_text())
    needed, for_tests = project["project"]["dependencies"], project["dependency-groups"]["test"]
    run, test = pins("requirements.txt"), pins("requirements-test.txt")

    yield from unmet(needed, run, "requirements.txt")
    yield from unmet(needed + for_tests, test, "requirements-test.txt")
    for name, version in run.items():
        if test.get(name) != version:
            yield f"{name} is {version} for the site, but {test.get(name)} for the tests."

    lock = json.loads(Path("package-lock.json").read_text())["packages"]
    package = json.loads(Path("package.json").read_text())
    if lock[""].get("dependencies") != package.get("dependencies"):
        yield "package-lock.json does not follow package.json."

    for file in ["requirements.txt", "requirements-test.txt", ".ci/requirements-node.txt"]:
        if re.search(r"://|--index|--find-links|file:", Path(file).read_text()):
            yield f"{file} names an address."
    for name, entry in lock.items():
        if "resolved" in entry:
            yield f"package-lock.json names an address for {name}."


if __name__ == "__main__":
    found = list(problems())
    print("\n".join([*found, "Run: make lock"] if found else ["They are."]))
    sys.exit(bool(found))
