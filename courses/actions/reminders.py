"""Wanting reminders or not: said on a page, or with one tap from the reminder itself.

The link in a reminder carries whose it is and which kind, signed. So it works for who is signed
out, on any device, and nobody can make one for somebody else. It turns a reminder off or on, and
shows nothing about anyone.
"""

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse

from courses.models import REMINDERS, ReminderChoice

SALT = "courses.reminders"


class UnknownLink(Exception):
    """The link is not one of ours, or was cut short on its way."""


def link_token(person, kind):
    """Return what the link in a reminder carries."""
    return signing.Signer(salt=SALT, sep=".").sign(f"{person}-{kind}")


def stop_link(site, person, kind):
    """Return the address at which this person, by id, stops this kind of reminder."""
    return site + reverse("stop_reminders", args=[link_token(person, kind)])


def read_token(token):
    """Return (person, kind) of a link. Raises UnknownLink."""
    try:
        pk, _dash, kind = signing.Signer(salt=SALT, sep=".").unsign(token).partition("-")
        return get_user_model().objects.get(pk=int(pk)), REMINDERS[REMINDERS.index(kind)]
    except (signing.BadSignature, ValueError, get_user_model().DoesNotExist) as problem:
        raise UnknownLink from problem


def choices_of(person):
    """Return {kind: wanted} of this person; what they said nothing about is wanted."""
    said = ReminderChoice.objects.filter(person=person).latest().values_list("kind", "wanted")
    return dict.fromkeys(REMINDERS, True) | dict(said)


@transaction.atomic
def choose(*, person, wanted, at):
    """Note what a person wants, {kind: wanted}. What they have said before adds nothing."""
    # Two taps at once wait for one another, so that the second sees what the first one said.
    get_user_model().objects.select_for_update().get(pk=person.pk)
    known = choices_of(person)
    ReminderChoice.objects.bulk_create(
        ReminderChoice(person=person, kind=kind, wanted=is_wanted, at=at)
        for kind, is_wanted in wanted.items()
        if known[kind] != is_wanted
    )
