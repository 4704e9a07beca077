"""A bundle's files: in a folder, or in one zip, which may come from anywhere."""

from pathlib import Path

from django.utils.translation import gettext as _

from content import archive
from content.archive import MB, write
from content.yaml_text import NotReadable

__all__ = ["LIMITS", "Folder", "Zipped", "write"]

LIMITS = archive.Limits(
    files=1_000,
    whole=300 * MB,
    one=200 * MB,
    texts=(".yaml", ".md"),
    text=MB,
    all_texts=20 * MB,
    name=200,
)


class Folder:
    """A bundle in a folder of our own, like the starter course."""

    def __init__(self, path):
        self.path = Path(path)

    def names(self):
        found = (path for path in self.path.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.path).as_posix() for path in found)

    def size(self, name):
        return (self.path / name).stat().st_size

    def open(self, name):
        return (self.path / name).open("rb")

    def text(self, name):
        with self.open(name) as file:
            return archive.decoded(file.read(LIMITS.text + 1), name, LIMITS.text, NotReadable)


class Zipped(archive.Zipped):
    """A bundle in a zip. Raises NotReadable when it is none, or is up to something."""

    def __init__(self, file):
        super().__init__(
            file,
            limits=LIMITS,
            raises=NotReadable,
            no_zip=_("This is not a zip file that we can open. Choose one that “Export” made."),
            known_by="course.yaml",
        )
