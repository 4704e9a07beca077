"""What an independent H5P server says of packages: that of `@lumieducation/h5p-server`."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent
SERVER = Path(settings.BASE_DIR) / "node_modules" / "@lumieducation" / "h5p-server"


def node(script, *arguments, said=""):
    """Return what a script prints, as JSON, run by the Node that Playwright brings."""
    program, _cli = compute_driver_executable()
    done = subprocess.run(  # noqa: S603  (our own script)
        [program, str(HERE / script), *map(str, arguments)],
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


def asked(*packages):
    """Return {file: {"fault": "" or what is amiss, "content": what the server kept}}."""
    if not SERVER.is_dir():
        missing = "The H5P server is not here. To get it:  npm ci"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return node("validate.mjs", *packages)
