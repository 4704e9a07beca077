"""Writing down a group that people lead after their training: the pair, days and head counts.

Each word is added; the latest one about a session counts. Whoever's series counts by it is
announced, once it is safely written.
"""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import fidelity, groups_led
from courses.actions.keys import key_for
from courses.models import (
    DeliveredEnd,
    DeliveredFidelity,
    DeliveredGroup,
    DeliveredSession,
    FilledInBy,
    Organisation,
)
from courses.signals import series_led


class CannotLead(Exception):
    """These people cannot lead this; `str()` says why."""


class NotYet(Exception):
    """The day has not come yet, so nobody knows how many come; `str()` says so."""


class NotTogether(Exception):
    """One of the pair cannot fill in the checklist for both."""


@transaction.atomic
def begin(
    *,
    organisation,
    label,
    facilitator,
    co_facilitator,
    alone_because,
    sessions_planned,
    key,
    by,
    at,
    edition=None,
):
    """Begin a group that two people lead who are ready to co-facilitate. Twice is once.

    One alone leads only with a reason (A2). Raises CannotLead.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_pair(facilitator, co_facilitator, alone_because)
    _check_ready([facilitator, co_facilitator], organisation)
    made, _is_new = DeliveredGroup.objects.get_or_create(
        key=key_for(key, organisation.pk, label, facilitator.pk, getattr(co_facilitator, "pk", 0)),
        defaults={
            "organisation": organisation,
            "label": label,
            "edition": edition,
            "facilitator": facilitator,
            "co_facilitator": co_facilitator,
            "alone_because": alone_because,
            "sessions_planned": sessions_planned,
            "by": by,
            "at": at,
        },
    )
    return made


def check_pair(facilitator, co_facilitator, alone_because):
    """Raise CannotLead unless two different people lead, or a reason says why it is one."""
    if facilitator is None:
        raise CannotLead(_("Choose who led."))
    if facilitator == co_facilitator:
        raise CannotLead(_("Choose two different people. Groups are led by a pair."))
    if co_facilitator is None and not alone_because:
        raise CannotLead(_("Groups are led by two. Choose the second, or say why there was one."))
    if co_facilitator and alone_because:
        raise CannotLead(_("Two led, so there is no reason to give. Leave that empty."))


def _check_ready(people, organisation):
    for person in people:
        if person and not groups_led.is_ready(person, organisation):
            raise CannotLead(
                _("%(name)s is not ready to co-facilitate yet. Choose somebody who is.")
                % {"name": person.name}
            )


@transaction.atomic
def write_session(
    *, group, number, held_on, came, facilitator, co_facilitator, alone_because, key, by, at
):
    """Write down that a session was held: on which day, led by whom, and how many came.

    Somebody else who is ready may have stood in. What is said of the same session later counts
    instead. Twice is once. Raises CannotLead, NotYet.
    """
    check_pair(facilitator, co_facilitator, alone_because)
    others = [each for each in (facilitator, co_facilitator) if each not in group.pair]
    _check_ready(others, group.organisation)
    if held_on > timezone.localdate(at):
        raise NotYet(_("That day has not come yet. Write the session down once it was held."))
    said = {
        "held_on": held_on,
        "came": came,
        "facilitator": facilitator,
        "co_facilitator": co_facilitator,
        "alone_because": alone_because,
    }
    return _written(group, number, said, key, by, at)


@transaction.atomic
def take_back_session(*, group, number, key, by, at):
    """Write down that a session was not held after all. What was said before is kept."""
    return _written(group, number, {}, key, by, at)


def _written(group, number, said, key, by, at):
    locked = _locked(group)
    told = {name: getattr(value, "pk", value) for name, value in said.items()}
    own_key = key_for(key, number, told)
    DeliveredSession.objects.bulk_create(
        [DeliveredSession(group=locked, number=number, by=by, at=at, key=own_key, **said)],
        ignore_conflicts=True,
    )
    _announce(locked, by, at)
    return DeliveredSession.objects.get(group=locked, key=own_key)


def filled_in_by(group, person):
    """Return what this person's checklist is: the pair's, or that of somebody who watched.

    Whoever stood in for one of the pair did not watch.
    """
    led = DeliveredGroup.objects.led_by(person).filter(pk=group.pk).exists()
    return FilledInBy.PAIR if led else FilledInBy.OBSERVER


@transaction.atomic
def check(*, group, number, answers, key, by, at, together=False):
    """Keep a checklist of one session: `answers` is {item: true or false}. Twice is once.

    Where two lead, they fill it in together. Raises NotTogether.
    """
    locked = _locked(group)
    kind = filled_in_by(locked, by)
    if kind == FilledInBy.PAIR and len(locked.pair) > 1 and not together:
        raise NotTogether
    items = {item: answers.get(item) for item in fidelity.ITEMS}
    own_key = key_for(key, number, items)
    DeliveredFidelity.objects.bulk_create(
        [
            DeliveredFidelity(
                group=locked, number=number, filled_in_by=kind, by=by, at=at, key=own_key, **items
            )
        ],
        ignore_conflicts=True,
    )
    _announce(locked, by, at)
    return DeliveredFidelity.objects.get(group=locked, key=own_key)


@transaction.atomic
def end(*, group, by, at):
    """Say that a group has stopped before all its sessions were held. Twice is once."""
    locked = _locked(group)
    said, _is_new = DeliveredEnd.objects.get_or_create(group=locked, defaults={"by": by, "at": at})
    return said


def _locked(group):
    """Return a group as it is now, while nobody else writes about it."""
    DeliveredGroup.objects.select_for_update().get(pk=group.pk)
    return DeliveredGroup.objects.with_people().get(pk=group.pk)


def _announce(group, by, at):
    """Announce a series that counts, for each who led it, once all of this is safely written."""
    series = groups_led.series(group)
    if series.counts:
        transaction.on_commit(lambda: _send(group, series, by, at))


def _send(group, series, by, at):
    for person in get_user_model().objects.filter(pk__in=series.led_by).order_by("pk"):
        series_led.send_robust(
            sender=DeliveredGroup, group=group, person=person, day=series.last_day, by=by, at=at
        )
