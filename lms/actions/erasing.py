"""Forgetting a person: asked for, undone, and done, everywhere that the table of it names.

What is left of them is a row without a name, so that what a group did together still adds up.
"""

import logging
from contextlib import suppress
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q

from certificates.actions import erasing as certificates
from courses.actions import outbox
from courses.actions.people import LastOrganiser
from courses.models import MessageKind, Organisation, Role, RoleKind
from lms.actions import erasing_desk, erasing_words, erasure_list
from lms.models import Erasure
from lms.privacy.kept import GONE, rows

logger = logging.getLogger(__name__)

LEFT_OVER = {  # what the table has no column of words for
    "is_active": False,
    "is_staff": False,
    "is_superuser": False,
    "last_login": None,
}


@transaction.atomic
def ask(*, person, by, at, why="", keeps_certificates=False):
    """Ask for a person to be forgotten after some days, and tell them. Twice is once.

    Raises LastOrganiser where an organisation would be left with nobody who can name another.
    """
    get_user_model().objects.select_for_update().get(pk=person.pk)
    if alone_in(person):
        raise LastOrganiser
    asked, is_new = Erasure.objects.get_or_create(
        person=person,
        done_at=None,
        taken_back_at=None,
        defaults={
            "asked_at": at,
            "asked_by": by,
            "why": why,
            "keeps_certificates": keeps_certificates,
            "due_at": at + timedelta(days=settings.ERASE_AFTER_DAYS),
        },
    )
    if is_new:
        outbox.write(
            kind=MessageKind.ERASURE,
            key=f"erasure:{asked.pk}",
            at=at,
            person=person,
            due_at=asked.due_at,
        )
    return asked


@transaction.atomic
def take_back(*, person, at):
    """Forget nobody after all. What was done already cannot be undone."""
    return Erasure.objects.open().filter(person=person).update(taken_back_at=at)


def alone_in(person):
    """Return the organisations whose only organiser this person is."""
    organised = Role.objects.in_force().filter(kind=RoleKind.ORGANISER)
    shared = organised.exclude(person=person).values("organisation")
    mine = organised.filter(person=person).exclude(organisation__in=shared)
    return Organisation.objects.filter(pk__in=mine.values("organisation"))


def erase_due(*, at):
    """Forget everybody whose days to think about it are over. Return how many."""
    due = Erasure.objects.open().filter(due_at__lte=at).order_by("pk")
    done = 0
    for asked in due.select_related("person", "asked_by"):
        erase(
            person=asked.person,
            at=at,
            by=asked.asked_by,
            keeps_certificates=asked.keeps_certificates,
        )
        done += 1
    if done:
        leave_no_trace()
    return done


@transaction.atomic
def erase(*, person, at, by, keeps_certificates=False, names_go_on=None):
    """Forget a person now. Twice is once.

    The list outside of the database is written first: what is on it and was not done is done
    again, and the other way round somebody would come back with a restore.
    """
    erasure_list.add(person=person.pk, at=at, keeps_certificates=keeps_certificates)
    get_user_model().objects.select_for_update().get(pk=person.pk)
    _note(person, at, by, keeps_certificates, names_go_on)
    person.refresh_from_db()
    certificates.erase(holder=person, at=at, keeps_name=keeps_certificates)
    erasing_words.erase(person)
    erasing_desk.erase(person)
    _sign_out(person)
    person.roles.in_force().update(ended_by=by or person, ended_at=at)
    for row in rows():
        _let_go(row, person)
        if row.is_about_people:
            _take_out(row, person)
    _take_out_names(person)


def _note(person, at, by, keeps_certificates, names_go_on):
    """Keep that it was done; where nobody had asked, as asked for now."""
    done = {"done_at": at, "keeps_certificates": keeps_certificates, "names_go_on": names_go_on}
    if not Erasure.objects.open().filter(person=person).update(**done):
        if Erasure.objects.done().filter(person=person, keeps_certificates=False).exists():
            return
        Erasure.objects.create(person=person, asked_at=at, asked_by=by, due_at=at, **done)


def about(row, person):
    """Return the rows of a table that are about a person."""
    wanted = Q()
    if row.under:
        (codes,) = (each for each in rows() if each.model == row.under)
        wanted |= Q(code__in=about(codes, person).values("code"))
    for path in row.of:
        wanted |= Q(**{path: person.pk})
    if row.address and person.email:
        wanted |= Q(**{f"{row.address}__iexact": person.email})
    model = apps.get_model(row.model)
    # By key, so that it can be updated and deleted whatever tables the paths lead through.
    return model._base_manager.filter(pk__in=model._base_manager.filter(wanted).values("pk"))


def _take_out(row, person):
    found = about(row, person)
    if row.goes:
        found.delete()
    elif row.model != "lms.User":
        for column, value in row.blank.items():
            _blanked(found, column, value)


def _blanked(found, column, value):
    """Write over what was said; where nothing was, nothing was."""
    said = found.exclude(**{column: ""}) if value == GONE else found
    if value is not None:
        said = said.exclude(**{f"{column}__isnull": True})
    said.update(**{column: value})


def _let_go(row, person):
    model = apps.get_model(row.model)
    for column in row.let_go:
        model._base_manager.filter(**{column: person.pk}).update(**{column: None})


def _take_out_names(person):
    row = next(row for row in rows() if row.model == "lms.User")
    get_user_model().objects.filter(pk=person.pk).update(**row.blank, **LEFT_OVER)


def _sign_out(person):
    """End every session of theirs: it also holds what they wrote while they were signed out."""
    for session in Session.objects.order_by().iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def leave_no_trace():
    """Let the database's file itself hold nothing any more of what was deleted.

    SQLite writes over what is deleted (`secure_delete` in the settings); what waits in the log
    beside the file goes over to it here. PostgreSQL clears up by itself, some time later.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def replay(*, at):
    """Forget again whom a restore has brought back. Return how many.

    Who came later than the erasure is somebody else with the same number.
    """
    people, done = get_user_model().objects, 0
    for each in erasure_list.read():
        person = people.filter(pk=each.person, date_joined__lt=each.at).first()
        if person is None or not _is_back(person, each):
            continue
        erase(person=person, at=at, by=None, keeps_certificates=each.keeps_certificates)
        done += 1
    if done:
        leave_no_trace()
    return done


def _is_back(person, each):
    """Tell whether what the list says was done is not done in this database."""
    done = Erasure.objects.done().filter(person=person)
    if not each.keeps_certificates:
        done = done.filter(keeps_certificates=False)
    return person.is_active or bool(person.name_as_kept) or not done.exists()


def take_names_out(*, at):
    """Take the name out of certificates on which it stayed for some years. Return how many."""
    due = Erasure.objects.done().filter(names_go_on__lte=at.date(), keeps_certificates=True)
    done = 0
    for each in due.select_related("person"):
        with suppress(Erasure.DoesNotExist), transaction.atomic():
            locked = Erasure.objects.select_for_update().get(pk=each.pk, keeps_certificates=True)
            erasure_list.add(person=each.person_id, at=at, keeps_certificates=False)
            certificates.erase(holder=each.person, at=at, keeps_name=False)
            locked.keeps_certificates, locked.names_go_on = False, None
            locked.save(update_fields=["keeps_certificates", "names_go_on"])
            done += 1
    if done:
        leave_no_trace()
    return done
