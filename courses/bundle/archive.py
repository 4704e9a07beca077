"""A bundle's files: in a folder, or in one zip, which may come from anywhere.

Nothing of a zip is unpacked to the disk by its own names. What it says of itself is checked before
anything is read, and never believed further than that.
"""

import stat
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from content.yaml_text import NotReadable

MB = 1024 * 1024
FILES_AT_MOST = 1_000
ALL_AT_MOST = 300 * MB
ONE_AT_MOST = 200 * MB
TEXT_AT_MOST = MB
TEXTS_AT_MOST = 20 * MB
# How much smaller than itself a file may be in the zip, before we think that it is a trap.
SMALLER_AT_MOST = 120
LONG_ENOUGH_TO_ASK = 100_000
NAME_AT_MOST = 200
NEVER_IN_A_NAME = ("\\", ":", "\0")
TEXTS = (".yaml", ".md")
# When a zip that we write says its files were made. Always the same, so the same course always
# gives the same zip.
ALWAYS = (1980, 1, 1, 0, 0, 0)


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
            return decoded(file.read(TEXT_AT_MOST + 1), name)


class Zipped(Folder):
    """A bundle in a zip. Raises NotReadable when it is none, or is up to something."""

    def __init__(self, file):
        try:
            self.zip = ZipFile(file)
            entries = self.zip.infolist()
        except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise NotReadable(
                _("This is not a zip file that we can open. Choose one that “Export” made.")
            ) from fault
        _check_all(entries)
        self.entries = {}
        for entry in entries:
            name = _checked(entry)
            if entry.is_dir():
                continue
            if name.casefold() in {known.casefold() for known in self.entries}:
                raise NotReadable(_("The zip has “%s” in it twice.") % name[:80])
            self.entries[name] = entry
        self._come_out_of_the_folder()

    def _come_out_of_the_folder(self):
        """Somebody may have zipped the folder, not what is in it."""
        tops = {name.split("/")[0] for name in self.entries}
        if len(tops) == 1 and "course.yaml" not in self.entries:
            [top] = tops
            self.entries = {
                name.removeprefix(f"{top}/"): entry for name, entry in self.entries.items()
            }

    def names(self):
        return sorted(self.entries)

    def size(self, name):
        return self.entries[name].file_size

    def open(self, name):
        return _Careful(self.zip, self.entries[name])


class _Careful:
    """A file in a zip, read piece by piece; whatever is broken in it is said in plain words."""

    def __init__(self, archive, entry):
        self.name = entry.filename
        try:
            self.file = archive.open(entry)
        except (BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as fault:
            raise self._broken() from fault

    def _broken(self):
        return NotReadable(_("“%s” is broken in the zip.") % self.name[:80])

    def read(self, size=-1):
        try:
            return self.file.read(size)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as fault:
            raise self._broken() from fault

    def __enter__(self):
        return self

    def __exit__(self, *_how):
        self.file.close()


def _check_all(entries):
    if len(entries) > FILES_AT_MOST:
        raise NotReadable(
            _("The zip has %(n)s files in it. We take %(most)s at most.")
            % {"n": len(entries), "most": FILES_AT_MOST}
        )
    total = sum(entry.file_size for entry in entries)
    if total > ALL_AT_MOST:
        raise NotReadable(
            _("Unpacked, the zip would take %(size)s. We take %(most)s at most.")
            % {"size": filesizeformat(total), "most": filesizeformat(ALL_AT_MOST)}
        )
    texts = sum(entry.file_size for entry in entries if entry.filename.endswith(TEXTS))
    if texts > TEXTS_AT_MOST:
        raise NotReadable(_("There is more text in the zip than any course has."))


def _checked(entry):
    """Return the name of a file in a zip, if nothing is wrong with it."""
    # What a program wrote, not what Python makes of it: it would turn backslashes round.
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    if (
        not name
        or len(name) > NAME_AT_MOST
        or any(never in name for never in NEVER_IN_A_NAME)
        or any(part in {"", ".", ".."} for part in parts)
        or not name.isprintable()
    ):
        raise NotReadable(
            _("The zip has a file with a name that we do not take: “%s”.")
            % name[:80].encode("unicode_escape").decode()
        )
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise NotReadable(_("“%s” in the zip is not a file but a link.") % name[:80])
    if entry.flag_bits & 0x1:
        raise NotReadable(_("The zip is locked with a password. Make one without."))
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise NotReadable(_("“%s” is packed in a way that we do not know.") % name[:80])
    most = TEXT_AT_MOST if name.endswith(TEXTS) else ONE_AT_MOST
    if entry.file_size > most:
        raise NotReadable(
            _("“%(name)s” takes %(size)s. We take %(most)s at most.")
            % {
                "name": name[:80],
                "size": filesizeformat(entry.file_size),
                "most": filesizeformat(most),
            }
        )
    if entry.file_size > max(LONG_ENOUGH_TO_ASK, entry.compress_size * SMALLER_AT_MOST):
        raise NotReadable(
            _("“%s” grows too much when it is unpacked. We do not take such files.") % name[:80]
        )
    return name


def decoded(data, name):
    """Return the text that a file holds. Raises NotReadable."""
    if len(data) > TEXT_AT_MOST:
        raise NotReadable(_("“%s” is too long for us.") % name[:80])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotReadable(_("“%s” is not text in UTF-8.") % name[:80]) from fault
    if "\0" in text:
        raise NotReadable(_("“%s” is not text.") % name[:80])
    return text


def write(entries, file):
    """Write a zip to `file`. `entries` are (name, bytes, or a function that opens a file).

    The same entries always give the same zip.
    """
    with ZipFile(file, "w") as archive:
        for name, data in sorted(entries, key=lambda entry: entry[0]):
            about = ZipInfo(name, date_time=ALWAYS)
            about.create_system = 3
            about.external_attr = (stat.S_IFREG | 0o644) << 16
            if isinstance(data, bytes):
                about.compress_type = ZIP_DEFLATED
                archive.writestr(about, data)
            else:  # films and pictures are as small as they get
                with data() as source, archive.open(about, "w") as target:
                    while piece := source.read(64 * 1024):
                        target.write(piece)
