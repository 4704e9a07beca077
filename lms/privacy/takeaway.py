"""Everything that is kept about a person, as one file that can be read without this site.

One query for each table, however much there is; files go through memory a piece at a time. What
others wrote is in it as far as its owner may see it; others are in it by what they do, never by
name.
"""

import json
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.apps import apps
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates import takeaway as certificates
from content.models import CourseDocument, Picture
from courses.models import Enrolment
from lms.privacy.kept import rows

UNREAD = (models.UUIDField, models.BinaryField, models.ForeignKey, models.AutoField)
MACHINES = {"key", "revision", "bank", "steps", "fingerprint", "questions", "kinds"}
UPLOADED = (("pictures", Picture), ("documents", CourseDocument))


@dataclass(frozen=True)
class Section:
    """What is kept in one table: its name, what it is for, and rows of {name: value}."""

    name: str
    why: str
    labels: dict
    rows: list

    def as_lines(self):
        """Yield each row as pairs of a label and what stands there, without what is empty.

        What only a program reads is in the data beside the page.
        """
        for row in self.rows:
            yield [
                (self.labels[name], _in_words(value))
                for name, value in row.items()
                if name not in MACHINES and value not in (None, "", [], {})
            ]


def _in_words(value):
    """Return lists and dictionaries line by line, without the ids in them."""
    if isinstance(value, dict):
        said = {name: each for name, each in value.items() if name != "id"}
        return "\n".join(f"{name}: {_in_words(each)}" for name, each in said.items())
    if isinstance(value, list):
        return "\n".join(str(_in_words(each)) for each in value)
    return value


def sections(person):
    """Yield a Section for every table in which there is something about a person."""
    titles = _lesson_titles(person)
    for row in _told():
        found = _rows(row, person, titles)
        if found:
            yield Section(str(row.what), str(row.why), _labels(row), found)


def counted(person):
    """Return (what, how many, why) for every table in which there is something."""
    return [(each.name, len(each.rows), each.why) for each in sections(person)]


def packed(person):
    """Return an open file: a ZIP with a page, the data, and the files."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever hands it out closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_words(archive, person)
        certificates.write_certificates(archive, person)
        for folder, model in UPLOADED:
            for each in model.objects.filter(uploaded_by_user=person).order_by("pk").iterator():
                _write_file(archive, f"files/{folder}/{each.pk}-", each.file)
        profile = apps.get_model("wagtailusers.UserProfile").objects.filter(user=person).first()
        if profile and profile.avatar:
            _write_file(archive, "files/", profile.avatar)
    file.seek(0)
    return file


def file_name():
    """Return what the file is called: with the day, so that a later one does not cover it."""
    return f"everything-about-me-{timezone.localdate().isoformat()}.zip"


def _write_words(archive, person):
    """Write the page and the data, which say the same."""
    told = list(sections(person))
    about = {each.name: each.rows for each in told}
    data = {"made_at": timezone.now(), "about": about}
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    archive.writestr("everything.json", text)
    context = {"person": person, "sections": told}
    archive.writestr("everything.html", render_to_string("lms/privacy/to_keep.html", context))


def _write_file(archive, place, file):
    try:
        source = file.open("rb")
    except OSError:  # it was taken away by hand; the rest is still theirs
        return
    name = f"{place}{PurePath(file.name).name}"
    with source, archive.open(name, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, 1024 * 64)


def _told():
    """The tables that a person is told of: those about people, with a name in words."""
    return [row for row in rows() if row.is_about_people and row.what]


def _columns(row):
    model = apps.get_model(row.model)
    return [
        field
        for field in model._meta.local_fields
        if field.name not in row.untaken
        and (not isinstance(field, UNREAD) or field.name == "lesson")
    ]


def _labels(row):
    labels = {field.name: field.verbose_name for field in _columns(row)}
    said_by = {name: _("by whom") for name in row.by}
    return {"group": _("group"), **labels, **said_by}


def _rows(row, person, titles):
    from lms.actions.erasing import about  # the same rows that would go

    columns = _columns(row)
    group = _group_path(row)
    asked = [field.name for field in columns] + list(row.by) + ([group] if group else [])
    found = about(row, person).filter(**row.only).order_by("pk").values(*asked)
    choices = {field.name: dict(field.flatchoices) for field in columns if field.flatchoices}
    return [_row(row, person, each, choices, titles, group) for each in found.iterator()]


def _row(row, person, values, choices, titles, group):
    read = {"group": values.pop(group)} if group else {}
    for name, value in values.items():
        if name in row.by:
            read[name] = None if value is None else _who(row.by[name], value, person)
        elif name == "lesson":
            read[name] = titles.get(str(value), "")
        elif name in choices:
            read[name] = str(choices[name].get(value, value))
        else:
            read[name] = value
    return read


def _who(role, pk, person):
    return _("you") if pk == person.pk else str(role)


def _group_path(row):
    """Return the path to the name of the group that a row belongs to, if it is of one."""
    path = row.of[0] if row.of else ""
    if path == "trainee":
        return "cohort__name"
    return f"{path.removesuffix('__trainee')}__cohort__name" if "enrolment__" in path else ""


def _lesson_titles(person):
    """Return {key: title} of every lesson in the courses that somebody takes."""
    taken = Enrolment.objects.of(person).with_cohort()
    return {
        lesson.key: lesson.title
        for enrolment in taken
        for lesson in enrolment.cohort.edition.outline.lessons
    }
