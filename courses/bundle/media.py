"""What is seen, heard and played in a bundle: `media/`, and `media.yaml`, which says what it is.

files:
- file: a-pause-1f2e3d4c.mp3
  title: A pause
  sha256: …
"""

import hashlib
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile

from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.utils.file import hash_filelike

from content import files, yaml_text
from content.models import CourseDocument, H5PPackage, Picture
from content.yaml_text import NotReadable
from courses.bundle import activities

LIST = "media.yaml"
FOLDER = "media/"
NAME = re.compile(r"[\w][\w.-]{0,120}\.\w{1,5}")
PICTURES = {"avif", "gif", "jpg", "jpeg", "png", "webp"}
PICTURE_AT_MOST = 10 * 1024 * 1024
FOCUS = ("x", "y", "width", "height")


@dataclass(frozen=True)
class Media:
    """A picture, document or activity of a bundle that has been looked at, and may come in."""

    file: str
    title: str
    sha256: str
    size: int
    description: str = ""
    focus: tuple[int, ...] = ()

    @property
    def kind(self):
        """The model that it becomes one of."""
        extension = files.extension(self.file)
        if extension == activities.EXTENSION:
            return H5PPackage
        return Picture if extension in PICTURES else CourseDocument


# --- out ---------------------------------------------------------------------------------------


class Collected:
    """The pictures, documents and activities that a course's pages name, as they are met."""

    def __init__(self):
        self.names = {}
        self.told = {}
        self.entries = []

    def picture(self, pk):
        return self._name(Picture, pk)

    def document(self, pk):
        return self._name(CourseDocument, pk)

    def package(self, pk):
        return self._name(H5PPackage, pk)

    def _name(self, model, pk):
        if pk is None:
            return None
        if (model, pk) not in self.names:
            found = model.objects.filter(pk=pk).first()
            self.names[model, pk] = self._take(found) if found else None
        return self.names[model, pk]

    def _take(self, found):
        if isinstance(found, H5PPackage):
            return self._take_package(found)
        extension = files.extension(found.filename)
        about = _about_picture(found) if isinstance(found, Picture) else {}
        return self._keep(
            found.title, extension, lambda: found.file.storage.open(found.file.name), about
        )

    def _take_package(self, package):
        version = package.latest
        if version is None:
            return None
        return self._keep(
            package.title, activities.EXTENSION, lambda: activities.opened(version), {}
        )

    def _keep(self, title, extension, opened, about):
        sha256 = hash_of(opened())
        short = slugify(title)[:60] or "file"
        name = f"{short}-{sha256[:12]}.{extension}"
        if name not in self.told:
            self.told[name] = {"file": name, "title": title, "sha256": sha256} | about
            self.entries.append((FOLDER + name, opened))
        return name

    def all(self):
        """Return the entries of the files, and of the list that says what they are."""
        if not self.told:
            return []
        told = {"files": [self.told[name] for name in sorted(self.told)]}
        return [*self.entries, (LIST, yaml_text.write(told).encode())]


def _about_picture(picture):
    about = {"description": picture.description} if picture.description else {}
    focus = [getattr(picture, f"focal_point_{part}") for part in FOCUS]
    return about | ({"focus": focus} if None not in focus else {})


def hash_of(file):
    """Return the SHA-256 of an open file, piece by piece, and close it."""
    found = hashlib.sha256()
    with file:
        while piece := file.read(64 * 1024):
            found.update(piece)
    return found.hexdigest()


# --- in ----------------------------------------------------------------------------------------


def read(source, problems):
    """Return {name: Media} of what may come in, and add to `problems` what may not."""
    names = {name for name in source.names() if name.startswith(FOLDER)}
    if LIST not in source.names():
        problems += [_not_listed(name) for name in sorted(names)]
        return {}
    told = yaml_text.read(source.text(LIST), f"“{LIST}”").get("files")
    if not isinstance(told, list):
        raise NotReadable(_("“%s” has to be a list of files.") % LIST)
    found = {}
    for about in told:
        try:
            media = _read(about, source, names)
        except NotReadable as fault:
            problems.append(str(fault))
        else:
            found[media.file] = media
        names.discard(FOLDER + str(about.get("file") if isinstance(about, dict) else ""))
    problems += [_not_listed(name) for name in sorted(names)]
    return found


def _not_listed(name):
    return _("“%(name)s” is not named in “%(list)s”.") % {"name": name[:80], "list": LIST}


def _read(about, source, names):
    known = {"file", "title", "sha256", "description", "focus"}
    if not isinstance(about, dict) or not {"file", "title", "sha256"} <= set(about) <= known:
        raise NotReadable(_("“%s” has an entry that we do not understand.") % LIST)
    words = [about["file"], about["title"], about["sha256"], about.get("description", "")]
    focus = about.get("focus", [])
    if not all(isinstance(each, str) for each in words) or not (
        isinstance(focus, list)
        and len(focus) in {0, 4}
        and all(isinstance(n, int) and 0 <= n < 2**31 for n in focus)
    ):
        raise NotReadable(_("“%s” has an entry that we do not understand.") % LIST)
    name, path = about["file"], FOLDER + about["file"]
    if not NAME.fullmatch(name) or path not in names:
        raise NotReadable(_("“%s” is not there.") % path[:80])
    if max(map(len, words)) > 255 or not about["title"].strip():
        raise NotReadable(_("“%s”: its title is missing, or too long.") % path[:80])
    media = Media(name, about["title"], about["sha256"], source.size(path), words[3], tuple(focus))
    _look_at(media, source)
    return media


def _look_at(media, source):
    """Raise NotReadable unless this is the file it says, of a kind that people may be given."""
    path = FOLDER + media.file
    if media.kind is CourseDocument and files.extension(media.file) not in files.KINDS:
        raise NotReadable(_("“%s” is a kind of file that we cannot take.") % path[:80])
    if hash_of(source.open(path)) != media.sha256:
        raise NotReadable(
            _("“%s” is not the file that was packed: it has changed since.") % path[:80]
        )
    if media.kind is Picture:
        _look_at_picture(media, source)
    elif media.kind is H5PPackage:
        with _at_hand(media, source) as file:
            activities.look_at(file, path[:80])


def _look_at_picture(media, source):
    """Have a picture looked at as when somebody uploads one."""
    broken = NotReadable(_("“%s” is not a picture that we can read.") % (FOLDER + media.file)[:80])
    if media.size > PICTURE_AT_MOST:
        raise NotReadable(_("“%s” is too large for a picture.") % (FOLDER + media.file)[:80])
    with source.open(FOLDER + media.file) as file:
        data = file.read(PICTURE_AT_MOST + 1)
    try:
        WagtailImageField().clean(SimpleUploadedFile(media.file, data))
    except Exception as fault:  # also what decoders of pictures come up with, whatever it is
        raise broken from fault


def bring_in(media, source, *, by, at, saved):
    """Return what a file of the bundle becomes, made unless we have the same already.

    `saved` is a list of (storage, name) to which each file that is written is added. The files
    of an activity are not among them: those that no row names are swept.
    """
    with _at_hand(media, source) as data:
        if media.kind is H5PPackage:
            return activities.bring_in(data, media.title, by=by, at=at)
        sha1 = hash_filelike(data)
        same = media.kind.objects.filter(file_hash=sha1, title=media.title).order_by("pk").first()
        return same or _make(media.kind, media, data, sha1, by=by, saved=saved)


@contextmanager
def _at_hand(media, source):
    """Have a file of the bundle on the disk, where one can go back and forth in it."""
    with TemporaryFile() as data:
        with source.open(FOLDER + media.file) as opened:
            shutil.copyfileobj(opened, data, 64 * 1024)
        data.seek(0)
        yield data


def _make(model, media, data, sha1, *, by, saved):
    made = model(title=media.title, uploaded_by_user=by, file_size=media.size, file_hash=sha1)
    if media.kind is Picture:
        made.description = media.description
        for part, n in zip(FOCUS, media.focus, strict=False):
            setattr(made, f"focal_point_{part}", n)
    made.file.save(media.file, File(data), save=False)
    saved.append((made.file.storage, made.file.name))
    made.save()
    made.file.close()
    return made
