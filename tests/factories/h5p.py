"""Small H5P packages with a library of our own in them, and the records they become."""

import io
import json
import zipfile
from datetime import UTC, datetime

from content.actions import h5p

NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
NAME = "Alongside.Hello"
SCRIPT = """var H5P = H5P || {};
H5P.AlongsideHello = function () {};
window.Alongside = window.Alongside || {};
Alongside.Hello = function (params, id) {
  H5P.EventDispatcher.call(this);
  this.attach = function (container) { container.text(params.greeting); };
};
Alongside.Hello.prototype = Object.create(H5P.EventDispatcher.prototype);
"""
SEMANTICS = [
    {"name": "greeting", "type": "text", "label": "Greeting", "default": "Hello"},
    {"name": "picture", "type": "image", "label": "Picture", "optional": True},
]


def library_files(name=NAME, version=(1, 0, 0), *, needs=(), script=SCRIPT, **more):
    """Return {path in the package: bytes or JSON} of a small library."""
    major, minor, patch = version
    folder = f"{name}-{major}.{minor}"
    about = {
        "title": name.rpartition(".")[2],
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "runnable": 1,
        "author": "Alongside",
        "preloadedJs": [{"path": "hello.js"}],
        "preloadedCss": [{"path": "hello.css"}],
        "preloadedDependencies": [dependency(*needed) for needed in needs],
    }
    return {
        f"{folder}/library.json": about | more,
        f"{folder}/semantics.json": SEMANTICS,
        f"{folder}/hello.js": script.encode(),
        f"{folder}/hello.css": b"p { color: #0d5c5b }",
        f"{folder}/language/es.json": {"semantics": [{"label": "Saludo"}, {"label": "Imagen"}]},
    }


def dependency(name=NAME, major=1, minor=0):
    return {"machineName": name, "majorVersion": major, "minorVersion": minor}


def h5p_files(*, title="Say hello", content=None, files=None, libraries=None, name=NAME, **about):
    """Return {path: bytes or JSON} of a small package.

    `files` is {path below content/: bytes}, `libraries` {path in the package: bytes or JSON}.
    """
    metadata = {
        "title": title,
        "language": "en",
        "mainLibrary": name,
        "embedTypes": ["div"],
        "license": "U",
        "preloadedDependencies": [dependency(name)],
    }
    return {
        "h5p.json": metadata | about,
        "content/content.json": {"greeting": "Hello"} if content is None else content,
        **{f"content/{path}": data for path, data in (files or {}).items()},
        **(library_files(name) if libraries is None else libraries),
    }


def zip_of(files, change=lambda about: None):
    """Return a zip of {path: bytes or JSON} as an open file. `change` is shown each ZipInfo."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for path, data in files.items():
            about = zipfile.ZipInfo(path)
            about.compress_type = zipfile.ZIP_DEFLATED
            change(about)
            made.writestr(about, data if isinstance(data, bytes) else json.dumps(data))
    kept.name = "hello.h5p"
    kept.seek(0)
    return kept


def make_h5p(**fields):
    """Return a small .h5p as an open file. What it holds is as for `h5p_files`."""
    return zip_of(h5p_files(**fields))


def make_version(package=None, *, file=None, by=None, at=NOW, **fields):
    """Return an H5PVersion, taken in as a person would: a new package's, or the next of one."""
    file = file or make_h5p(**fields)
    if package is None:
        return h5p.add_package(file=file, by=by, at=at)
    return h5p.add_version(package=package, file=file, by=by, at=at)
