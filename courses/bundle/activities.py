"""The activities of a bundle: `.h5p` files in `media/`, and talks from which one is made.

An `.h5p` file in a bundle comes from anywhere, like the bundle: it is looked at by the one module
that reads packages, and taken in by the one action that does so for uploads.
"""

import hashlib
from tempfile import TemporaryFile

from django.utils.translation import gettext as _

from content.actions import h5p
from content.blocks.scenario import ScenarioBlock
from content.branching import faults
from content.fences import shape
from content.fences.h5p import SCENARIO
from content.h5p import package as packages
from content.h5p import scenarios, writing
from content.models import H5PPackage
from content.scenario_words import fault_words
from content.yaml_text import NotReadable

EXTENSION = "h5p"
TALK = ScenarioBlock()
TALK.set_name(SCENARIO)


def opened(version):
    """Return a version as an .h5p file, open at its beginning, to be closed."""
    file = TemporaryFile()  # noqa: SIM115  (whoever asked closes it)
    writing.write(version, file)
    file.seek(0)
    return file


def look_at(file, name):
    """Raise NotReadable unless this is an activity that we can take in. `name` is for people."""
    try:
        found = packages.read(file)
    except packages.NotAPackage as why:
        raise NotReadable(f"“{name}”: {why}") from why
    if found.content is None:
        raise NotReadable(_("“%s” holds no activity, only libraries.") % name)


def look_at_talk(told):
    """Raise NotReadable unless an activity can be made from what is told here."""
    if not isinstance(told, dict) or set(told) != {SCENARIO}:
        raise NotReadable(_("An activity has to be named by its file."))
    for fault in shape.faults(TALK, told[SCENARIO]):
        raise NotReadable(_("The “%(kind)s” box: %(fault)s") % {"kind": "h5p", "fault": fault})
    talk = _scenario(told)
    for fault in faults(talk):
        raise NotReadable(str(fault_words(fault.reason, _name(talk, fault))))


def _name(talk, fault):
    """Return what the place of a fault is called, or where the choice at fault leads."""
    if fault.choice:
        choices = (choice for step in talk.steps for choice in step.choices)
        return next(choice.go for choice in choices if choice.id == fault.choice)
    places = (*talk.steps, *talk.endings)
    return next((place.name for place in places if place.id == fault.place), "")


def bring_in(file, title, *, by, at):
    """Return the package of an open .h5p file, made unless we have the same already."""
    same = _same(file, title)
    if same:
        return same
    file.seek(0)
    try:
        version = h5p.add_package(file=file, by=by, at=at)
    except packages.NotAPackage as why:
        raise NotReadable(f"“{title}”: {why}") from why
    version.package.title = title
    version.package.save(update_fields=["title"])
    return version.package


def make_from_talk(told, title, language, *, by, at):
    """Return the package of a talk, made unless we have the same already."""
    with TemporaryFile() as file:
        scenarios.write(_scenario(told), language, file)
        return bring_in(file, title, by=by, at=at)


def _scenario(told):
    return TALK.to_python(told[SCENARIO]).scenario


def _same(file, title):
    """Return a package of this title whose newest version would be written as these very bytes."""
    wanted = _digest(file)
    for package in H5PPackage.objects.filter(title=title).order_by("pk"):
        if package.latest is None:
            continue
        with opened(package.latest) as ours:
            if _digest(ours) == wanted:
                return package
    return None


def _digest(file):
    file.seek(0)
    return hashlib.file_digest(file, "sha256").digest()
