"""What a version of an H5P package needs to be played, as its records say. It never changes.

Each process keeps what it was asked for, so that a package's files are handed out without a
question to the database.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

from content.h5p import joined, loading
from content.models import H5PVersion

KEPT = 64  # versions; with the names of their files, and what is in them


@dataclass(frozen=True)
class Folder:
    """Where files lie in private storage, which they are with their sizes, and what tells them."""

    at: str
    files: dict
    mark: str


@dataclass(frozen=True)
class StoredFile:
    """A file of a package: where it lies in private storage."""

    name: str
    size: int
    mark: str


@dataclass(frozen=True)
class Playable:
    """A version, ready to be played."""

    pk: int
    metadata: dict
    content: dict
    own: Folder
    libraries: dict  # {“H5P.Foo-1.2”: Folder}
    order: list  # of loading.Name: what is loaded
    loading: loading.Loading

    def own_file(self, path):
        """Return its StoredFile below content/, or None."""
        return _found(self.own, path)

    def library_file(self, directory, path):
        """Return the StoredFile of one of its libraries, or None."""
        return _found(self.libraries.get(directory), path)

    @cached_property
    def script_key(self):
        """The name of its scripts joined."""
        return loading.key(self.loading.scripts, self._builds)

    @cached_property
    def style_key(self):
        """The name of its styles joined."""
        return loading.key(self.loading.styles, self._builds)

    @property
    def main_library(self):
        """The library that plays it, as H5P names it: “H5P.Foo 1.2”."""
        name = self.metadata["mainLibrary"]
        return str(max(each for each in self.order if each.machine_name == name))

    def joined_script(self):
        """Return the path of its scripts joined."""
        return joined.script(self.script_key, self.loading.scripts, self._stored)

    def joined_style(self):
        """Return the path of its styles joined."""
        return joined.style(self.style_key, self.loading.styles, self._stored)

    @cached_property
    def _builds(self):
        return {directory: folder.mark for directory, folder in self.libraries.items()}

    @property
    def _stored(self):
        files = {*self.loading.scripts, *self.loading.styles}
        return {(at, path): f"{self.libraries[at].at}/{path}" for at, path in files}


def _found(folder, path):
    size = folder.files.get(path) if folder else None
    return None if size is None else StoredFile(f"{folder.at}/{path}", size, folder.mark)


@lru_cache(maxsize=KEPT)
def playable(version_pk):
    """Return what it takes to play a version. Raises H5PVersion.DoesNotExist."""
    version = H5PVersion.objects.get(pk=version_pk)
    libraries = list(version.libraries.defer("semantics").order_by("pk"))
    descriptions = [library.metadata for library in libraries]
    order = loading.load_order(version.metadata, version.content, descriptions)
    folders = {
        library.directory: Folder(library.folder, library.files, library.sha256)
        for library in libraries
    }
    there = loading.what_to_load(order, descriptions)
    return Playable(
        pk=version.pk,
        metadata=version.metadata,
        content=version.content,
        # who hears the mark of a folder does not learn its name
        own=Folder(version.folder, version.files, sha256(version.folder.encode()).hexdigest()),
        libraries=folders,
        order=order,
        loading=there,
    )
