"""The address of a person's own calendar: made when it is asked for, and made anew."""

import uuid

from django.core import signing
from django.db import transaction

from courses.models import CalendarAddress

_signer = signing.Signer(salt="courses.calendars")


def token_of(address):
    """Return what the address ends in."""
    return _signer.sign(str(address.key))


def person_of(token):
    """Return whose address this is; None when it is not, or no longer, one of ours."""
    try:
        key = uuid.UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found = CalendarAddress.objects.filter(key=key, ended_at=None, person__is_active=True)
    address = found.select_related("person").first()
    return address.person if address else None


@transaction.atomic
def address_of(*, person, at):
    """Return the person's calendar address, made now if they have none."""
    address, _is_new = CalendarAddress.objects.get_or_create(
        person=person, ended_at=None, defaults={"made_at": at}
    )
    return address


@transaction.atomic
def renew(*, person, at):
    """End the address that a person has, and return a new one."""
    CalendarAddress.objects.filter(person=person, ended_at=None).update(ended_at=at)
    return address_of(person=person, at=at)
