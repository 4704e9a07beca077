"""What a form for an activity is made of, beside its content: libraries, words, and files."""

import hashlib
import json
import uuid
from functools import partial

from django.core.files.storage import storages
from wagtail.permissions import policy_registry

from content import files
from content.h5p.form_beginnings import Kind, World
from content.h5p.semantics import fields_of
from content.h5p.translated import translated
from content.models import CourseDocument, H5PLibrary, Picture

# As large as a picture in an activity has to be on any screen.
AS_SHOWN = "max-1600x1600"
LONGEST_WORDS = 1_000_000
# The kinds of file that H5P's players know.
PLAYABLE = {
    "audio": {"mp3", "m4a", "ogg", "oga", "wav"},
    "video": {"mp4", "webm"},
    "file": {*files.KINDS},
}


class Libraries:
    """The libraries that an activity is made of: those it came with, then those installed.

    `labels` is the language of whoever fills in the form, `texts` that of the activity.
    """

    def __init__(self, given=(), *, labels="", texts=""):
        self.rows = {str(library.name): library for library in given}
        self.labels, self.texts = labels, texts
        self.kinds = {}

    def kind(self, name):
        """Return the Kind with a name like “H5P.Image 1.1”, or None when it is not here."""
        if name not in self.kinds:
            row = self.row(name)
            self.kinds[name] = row and Kind(name, row.title, fields_of(self._semantics(row)))
        return self.kinds[name]

    def row(self, name):
        if name not in self.rows:
            self.rows[name] = H5PLibrary.objects.installed(name)
        return self.rows[name]

    @property
    def used(self):
        """The rows that were asked for, and are here."""
        return [row for row in self.rows.values() if row is not None]

    def metadata(self, name):
        """Return the library.json of a library by its name, or None."""
        row = self.row(name)
        return row and row.metadata

    def _semantics(self, row):
        semantics = translated(row.semantics, words_of(row, self.labels))
        return translated(semantics, words_of(row, self.texts), take=("default",))


def words_of(library, language):
    """Return what a library's file for a language says, or None. Its maker may have erred."""
    for code in (language.lower(), language.lower().split("-")[0]):
        path = f"language/{code}.json"
        if code and library.files.get(path, LONGEST_WORDS) < LONGEST_WORDS:
            try:
                with storages["private"].open(f"{library.folder}/{path}") as file:
                    return json.loads(file.read().decode("utf-8-sig"))
            except (OSError, ValueError, RecursionError):
                return None
    return None


class Media:
    """Pictures and documents that were chosen for an activity, as H5P names them.

    `opened` is {path in the activity: a function that opens it}.
    """

    def __init__(self, person):
        self.person = person
        self.opened = {}
        self.found = {}

    def __call__(self, kind, asked):
        """Return the value to keep for what was chosen, or None when it may not be chosen."""
        if (kind, asked) not in self.found:
            self.found[kind, asked] = self._value(kind, asked)
        return self.found[kind, asked]

    def _value(self, kind, asked):
        model = Picture if kind == "picture" else CourseDocument
        policy = policy_registry.get_by_type(model)
        allowed = policy.instances_user_has_permission_for(self.person, "choose")
        chosen = allowed.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None
        if chosen is None:
            return None
        return self._picture(chosen) if kind == "picture" else self._document(kind, chosen)

    def _picture(self, picture):
        """Return a picture as it is shown: what was uploaded may say where it was taken."""
        drawn = picture.get_rendition(AS_SHOWN)
        path = self._take("images", drawn.file)
        mime = f"image/{files.extension(path)}".replace("/jpg", "/jpeg")
        size = {"width": drawn.width, "height": drawn.height}
        return {"path": path, "mime": mime, "copyright": {"license": "U"}, **size}

    def _document(self, kind, document):
        if files.extension(document.filename) not in PLAYABLE[kind]:
            return None
        path = self._take(f"{kind}s", document.file)
        mime = files.kind(path).partition(";")[0]
        return {"path": path, "mime": mime, "copyright": {"license": "U"}}

    def _take(self, folder, file):
        """Remember where a file comes from. The same file always has the same path."""
        key = hashlib.sha256(file.name.encode()).hexdigest()[:12]
        path = f"{folder}/{key}.{files.extension(file.name)}"
        self.opened[path] = partial(file.storage.open, file.name)
        return path


def world(libraries, media):
    """Return what the rules ask for."""
    return World(library=libraries.kind, file=media, new_id=lambda: str(uuid.uuid4()))
