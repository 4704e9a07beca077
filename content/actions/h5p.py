"""Take in H5P packages: unpack, move in, and say so in one transaction.

All that can go wrong with a package goes wrong before anything is at its last place. Scripts of
a package are never run here.
"""

import secrets
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from content.actions import h5p_folders as folders
from content.h5p import joined
from content.h5p import package as packages
from content.h5p.notes import note
from content.h5p.package import NotAPackage
from content.h5p.resolving import Build, resolve
from content.models import H5PLibrary, H5PPackage, H5PVersion, H5PVersionLibrary


def add_package(*, file, by, at):
    """Take in an .h5p file. Return the first H5PVersion of a new package.

    A file that only brings libraries gives none: they are installed, and None is returned. Raises
    NotAPackage.
    """
    return _take_in(file, None, by, at)


def add_version(*, package, file, by, at):
    """Take in an .h5p file in place of the package's newest version. Raises NotAPackage."""
    return _take_in(file, package, by, at)


def keep_version(*, package, metadata, content, files, libraries, by, at):
    """Keep an edit that was made here as a package's next version.

    `files` is {path below content/: a function that opens it}. `libraries` are the H5PLibrary rows
    that it was made with; what they need is found among them, or else among those installed.
    With `package` None it becomes a package of its own. Raises NotAPackage when a library lacks.
    """
    given = {library.name: _build(library) for library in libraries}
    resolved, notes = _resolved(metadata, content, given)
    with folders.Staging() as staging:
        folder = _own_files(staging, files)
        with transaction.atomic():
            return _record(
                package,
                metadata=metadata,
                content=content,
                folder=folder,
                files={path: folders.size(folder, path) for path in sorted(files)},
                notes=notes,
                libraries=[build.key for build in resolved.builds.values()],
                by=by,
                at=at,
            )


def sweep(at):
    """Take away what nobody wants: folders that no row names, and what was joined long ago."""
    folders.litter(at, _named)
    joined.sweep(at)


def _named():
    shas = H5PLibrary.objects.values_list("sha256", flat=True)
    return {
        *H5PVersion.objects.values_list("folder", flat=True),
        *(f"{folders.LIBRARIES}/{sha256}" for sha256 in shas),
    }


def _take_in(file, package, by, at):
    found = packages.read(file)
    if found.content is None and package is not None:
        raise NotAPackage(_("There is no activity in this file, only libraries."))
    packed = {
        library.name: Build(library.name, library.patch, library.metadata, library)
        for library in found.libraries
    }
    resolved, notes = _resolved(found.metadata, found.content, packed)
    with folders.Staging() as staging:
        rows = [_unpacked(staging, library, at) for library in found.libraries]
        folder = ""
        if found.content is not None:
            folder = _own_files(staging, {path: partial(found.open, path) for path in found.files})
        for row in rows:
            if staging.has(row.sha256):
                staging.move(row.sha256, row.folder)
        with transaction.atomic():
            kept = _kept(rows, found.libraries)
            if found.content is None:
                version = None
            else:
                version = _record(
                    package,
                    metadata=found.metadata,
                    content=found.content,
                    folder=folder,
                    files=found.files,
                    notes=found.notes + notes,
                    libraries=[
                        kept.get(name, build.key) for name, build in resolved.builds.items()
                    ],
                    by=by,
                    at=at,
                )
    sweep(at)
    return version


def _unpacked(staging, library, at):
    """Return the row of a packed library, saved or not. A new one's files wait in staging."""
    sha256 = library.sha256()
    row = H5PLibrary.objects.filter(sha256=sha256).first()
    if row is None:
        row = H5PLibrary(
            machine_name=library.name.machine_name,
            major=library.name.major,
            minor=library.name.minor,
            patch=library.patch,
            sha256=sha256,
            metadata=library.metadata,
            semantics=library.semantics,
            files=library.files,
            added_at=at,
        )
    if not folders.keep(row.folder):
        staging.write(row.sha256, {path: partial(library.open, path) for path in library.files})
    return row


def _kept(rows, libraries):
    """Return {name: saved row}. Two imports at once may bring the same libraries."""
    kept = {}
    # Always in the same order: who brings the same waits, and nobody for each other.
    for row, library in sorted(zip(rows, libraries, strict=True), key=lambda pair: pair[0].sha256):
        kept[library.name] = row if row.pk else _saved(row)
    return kept


def _saved(row):
    values = {
        field.attname: getattr(row, field.attname)
        for field in H5PLibrary._meta.concrete_fields
        if field.attname not in {"id", "sha256"}
    }
    return H5PLibrary.objects.get_or_create(sha256=row.sha256, defaults=values)[0]


def _own_files(staging, files):
    folder = f"{folders.CONTENT}/{secrets.token_hex(16)}"
    staging.write("content", files)
    staging.move("content", folder)
    return folder


def _record(package, *, libraries, at, by, metadata, **fields):
    """Write the next version of a package. Two at once wait for each other."""
    if package is None:
        title = packages.title_of(metadata)
        package = H5PPackage.objects.create(title=title, made_at=at, made_by=by)
    locked = H5PPackage.objects.select_for_update().get(pk=package.pk)
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    version = H5PVersion.objects.create(
        package=package, number=last + 1, metadata=metadata, made_at=at, made_by=by, **fields
    )
    H5PVersionLibrary.objects.bulk_create(
        H5PVersionLibrary(version=version, library=library) for library in libraries
    )
    return version


def _build(library):
    return Build(library.name, library.patch, library.metadata, library)


def _resolved(metadata, content, given):
    """Return what a version runs on, and notes of it. Raises NotAPackage when something lacks.

    `given` are the builds that it came with: they count before what is installed.
    """
    installed = _installed()
    builds = installed | given
    if content is None:  # it only brings libraries
        found = resolve(played=given, inside=[], edited=[], builds=builds)
    else:
        packages.list_main(metadata, builds)
        played, inside, edited = packages.needed(metadata, content)
        found = resolve(played=played, inside=inside, edited=edited, builds=builds)
        main = metadata["mainLibrary"]
        if main not in {name.machine_name for name in found.builds}:
            found.missing.append(main)
    if found.missing:
        raise NotAPackage(
            _("It needs the library “%s”, which is neither in the file nor installed here.")
            % str(found.missing[0])
        )
    notes = []
    newer = [
        str(name)
        for name, build in given.items()
        if name in found.builds and name in installed and installed[name].patch > build.patch
    ]
    if newer:
        notes.append(note("newer_installed", newer))
    if found.missing_to_edit:
        notes.append(note("editor_missing", [str(name) for name in found.missing_to_edit]))
    return found, notes


def _installed():
    """Return the newest build of each library: of the highest patch, the last that came."""
    builds = {}
    rows = H5PLibrary.objects.defer("semantics", "files").order_by("patch", "pk")
    for library in rows.iterator():
        builds[library.name] = _build(library)
    return builds
