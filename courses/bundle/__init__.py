"""A whole course as readable files: YAML for lists, Markdown for what is read, and its media.

    course.yaml
    session-1/session.yaml
    session-1/1a-what-a-peer-facilitator-does.md
    media.yaml  media/…

The starter course is such a folder; a course goes from site to site as such a folder in one zip.
`forms` is the one table of what there is: each type of page, its file, its fields.

A page's usual key is made from the slugs on the way to it, so loading the same folder on two
sites gives the same keys. Other keys and ids are written beside what they belong to.
"""

from content.yaml_text import NotReadable
from courses.bundle.archive import Folder, Zipped
from courses.bundle.making import is_here, make
from courses.bundle.reading import Bundle, key_of, read
from courses.bundle.writing import entries, write

__all__ = [
    "Bundle",
    "Folder",
    "Zipped",
    "entries",
    "is_here",
    "key_of",
    "load",
    "make",
    "read",
    "write",
]


def load(folder, *, parent):
    """Make a course's pages from a folder of our own, published. Return the CoursePage.

    Raises NotReadable when anything in it cannot be understood.
    """
    bundle = read(Folder(folder))
    for problem in bundle.problems:
        raise NotReadable(problem)
    return make(bundle, parent=parent, publish=True)
