"""Packages that others made, to try what strangers ask for. They lie beside the project."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR).parent / "shared/h5p-samples/valid"
SAMPLES = sorted(FOLDER.glob("*.h5p"))
needs_samples = pytest.mark.skipif(
    not SAMPLES and not os.environ.get("CI"), reason="the samples are kept beside the project"
)


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
