"""Packages that others made, to try with. They lie beside the project, and are no part of it."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "h5p-samples"
VALID = sorted(path.stem for path in (FOLDER / "valid").glob("*.h5p"))


def sample_names(*some):
    """Return the names of the valid packages, or of some of them, to try each in turn."""
    return list(some) or VALID or ["of any kind"]


def sample(name, kind="valid"):
    """Return the path of a package. Where there are none, the test is left out; in CI never."""
    path = FOLDER / kind / f"{name}.h5p"
    if not path.exists():
        missing = f"There is no {path}."
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return path


def opened(path):
    """Return (h5p.json, content.json, {“H5P.Foo 1.2”: (library.json, semantics.json)})."""
    with zipfile.ZipFile(path) as file:
        names = set(file.namelist())
        libraries = {}
        for name in names:
            folder, _slash, rest = name.partition("/")
            if rest == "library.json":
                about = json.loads(file.read(name))
                form = f"{folder}/semantics.json"
                semantics = json.loads(file.read(form)) if form in names else []
                called = "{machineName} {majorVersion}.{minorVersion}".format(**about)
                libraries[called] = about, semantics
        metadata = json.loads(file.read("h5p.json"))
        return metadata, json.loads(file.read("content/content.json")), libraries
