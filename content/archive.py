"""A zip that may come from anywhere, and one that we write ourselves.

Nothing of a zip is unpacked to the disk by its own names. What it says of itself is checked before
anything is read, and never believed further than that.
"""

import stat
import unicodedata
import zlib
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MB = 1024 * 1024
PIECE = 64 * 1024
LONG_ENOUGH_TO_ASK = 100_000
PART_OF_A_NAME_AT_MOST = 255  # bytes: what disks take for one folder or file
NEVER_IN_A_NAME = ("\\", ":", "\0")
# What a zip's list of files takes for each of them, when their names are long.
LISTED_AT_MOST = 400
# When a zip that we write says its files were made. Always the same, so the same files always
# give the same zip.
ALWAYS = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Limits:
    """How much a zip may hold. Sizes are in bytes, unpacked."""

    files: int
    whole: int
    one: int
    texts: tuple[str, ...]  # how the names of its texts end
    text: int
    all_texts: int
    name: int  # letters
    # How much smaller than itself a file may be in the zip, before we think that it is a trap.
    smaller: int = 120


class Zipped:
    """What is in a zip. Raises `raises` when it is none, or is up to something.

    `known_by` is the name of a file in it: somebody may have zipped the folder that holds it, not
    what is in the folder.
    """

    def __init__(self, file, *, limits, raises, no_zip, known_by):
        self.limits = limits
        self.raises = raises
        self.zip, entries = self._opened(file, no_zip)
        self._check_all(entries)
        self.entries = {}
        for entry in entries:
            name = self._checked(entry)
            if not entry.is_dir():
                self.entries[name] = entry
        self._check_names(entries)
        self._come_out_of_the_folder(known_by)

    def names(self):
        return sorted(self.entries)

    def size(self, name):
        return self.entries[name].file_size

    def open(self, name):
        return _Careful(self.zip, self.entries[name], self.raises)

    def text(self, name):
        return decoded(self.data(name), name, self.limits.text, self.raises)

    def data(self, name):
        """Return the bytes of a text, which the zip says is no longer than we take."""
        with self.open(name) as file:
            # To its very end: only there does it show whether the zip told the truth.
            return b"".join(iter(lambda: file.read(PIECE), b""))

    def _opened(self, file, no_zip):
        try:
            opened = ZipFile(_InPieces(file, self.limits.files * LISTED_AT_MOST))
            return opened, opened.infolist()
        except _TooMuch as fault:
            raise self.raises(
                _("The zip has far too many files in it. We take %s at most.") % self.limits.files
            ) from fault
        except (
            BadZipFile,
            LargeZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            OverflowError,
        ) as fault:
            raise self.raises(no_zip) from fault

    def _check_all(self, entries):
        limits = self.limits
        if len(entries) > limits.files:
            raise self.raises(
                _("The zip has %(n)s files in it. We take %(most)s at most.")
                % {"n": len(entries), "most": limits.files}
            )
        total = sum(entry.file_size for entry in entries)
        if total > limits.whole:
            raise self.raises(
                _("Unpacked, the zip would take %(size)s. We take %(most)s at most.")
                % {"size": filesizeformat(total), "most": filesizeformat(limits.whole)}
            )
        texts = sum(entry.file_size for entry in entries if self._is_text(entry.filename))
        if texts > limits.all_texts:
            raise self.raises(_("There is far more text in the zip than we ever need."))

    def _is_text(self, name):
        return name.lower().endswith(self.limits.texts)

    def _checked(self, entry):
        """Return the name of a file in the zip, if nothing is wrong with it."""
        name = _name(entry)
        if not self._is_name(name):
            raise self.raises(
                _("The zip has a file with a name that we do not take: “%s”.")
                % name[:80].encode("unicode_escape").decode()
            )
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise self.raises(_("“%s” in the zip is not a file but a link.") % name[:80])
        if entry.flag_bits & 0x1:
            raise self.raises(_("The zip is locked with a password. Make one without."))
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise self.raises(_("“%s” is packed in a way that we do not know.") % name[:80])
        most = self.limits.text if self._is_text(name) else self.limits.one
        if entry.file_size > most:
            raise self.raises(
                _("“%(name)s” takes %(size)s. We take %(most)s at most.")
                % {
                    "name": name[:80],
                    "size": filesizeformat(entry.file_size),
                    "most": filesizeformat(most),
                }
            )
        grown = entry.compress_size * self.limits.smaller
        if entry.file_size > max(LONG_ENOUGH_TO_ASK, grown):
            raise self.raises(
                _("“%s” grows too much when it is unpacked. We do not take such files.")
                % name[:80]
            )
        return name

    def _is_name(self, name):
        parts = name.removesuffix("/").split("/")
        return (
            0 < len(name) <= self.limits.name
            and name.isprintable()
            and not any(never in name for never in NEVER_IN_A_NAME)
            and not any(part in {"", ".", ".."} for part in parts)
            and all(len(part.encode()) <= PART_OF_A_NAME_AT_MOST for part in parts)
        )

    def _check_names(self, entries):
        """Two names that are one on some disks, or one that is both a file and a folder."""
        files, folders = set(), set()
        for entry in entries:
            plain = _name(entry).removesuffix("/")
            name = unicodedata.normalize("NFC", plain).casefold()
            if not entry.is_dir():
                if name in files:
                    raise self.raises(_("The zip has “%s” in it twice.") % plain[:80])
                files.add(name)
            folders.update(name[:place] for place, letter in enumerate(name) if letter == "/")
        for name in files & folders:
            raise self.raises(_("The zip has “%s” in it twice.") % name[:80])

    def _come_out_of_the_folder(self, known_by):
        tops = {name.split("/")[0] for name in self.entries}
        if len(tops) == 1 and known_by not in self.entries:
            [top] = tops
            if f"{top}/{known_by}" in self.entries:
                self.entries = {
                    name.removeprefix(f"{top}/"): entry for name, entry in self.entries.items()
                }


def _name(entry):
    """Return the name that a program wrote, not what Python makes of it."""
    # Python turns backslashes round, and cuts a name off where it has a NUL in it.
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        try:  # many programs write UTF-8 and do not say so
            return name.encode("cp437").decode()
        except UnicodeError:
            return name
    return name


class _TooMuch(Exception):
    """The list of a zip's files is longer than that of any zip we take."""


class _InPieces:
    """A file that gives at most so many bytes at once.

    ZipFile reads the whole list of a zip's files at once, and makes an object of each before
    anybody can count them.
    """

    def __init__(self, file, most):
        self.file = file
        self.most = max(most, 2**17)  # ZipFile looks for the list in the last 64 kB
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size=-1):
        if size is None or size < 0:
            data = self.file.read(self.most + 1)
            if len(data) <= self.most:
                return data
        elif size <= self.most:
            return self.file.read(size)
        raise _TooMuch


class _Careful:
    """A file in a zip, read piece by piece; whatever is broken in it is said in plain words."""

    def __init__(self, archive, entry, raises):
        self.name = _name(entry)
        self.left = entry.file_size
        self.raises = raises
        try:
            self.file = archive.open(entry)
        except (BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as fault:
            raise self._broken() from fault

    def _broken(self):
        return self.raises(_("“%s” is broken in the zip.") % self.name[:80])

    def read(self, size=-1):
        try:
            piece = self.file.read(size)
        except (
            BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            _TooMuch,
        ) as fault:
            raise self._broken() from fault
        self.left -= len(piece)
        if self.left < 0 or (self.left and not piece and size != 0):
            raise self._broken()  # it is not as long as the zip says
        return piece

    def __enter__(self):
        return self

    def __exit__(self, *_how):
        self.file.close()


def decoded(data, name, most, raises):
    """Return the text that a file of at most `most` bytes holds, or raise `raises`."""
    if len(data) > most:
        raise raises(_("“%s” is too long for us.") % name[:80])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise raises(_("“%s” is not text in UTF-8.") % name[:80]) from fault
    if "\0" in text:
        raise raises(_("“%s” is not text.") % name[:80])
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
                    while piece := source.read(PIECE):
                        target.write(piece)
