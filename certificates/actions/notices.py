"""Telling holders in good time that “ready to co-facilitate” ends, and how to renew it (C7)."""

from datetime import datetime, time
from itertools import islice

from django.utils import timezone

from certificates.life import NOTICES, notice_due
from certificates.models import Certificate
from courses.actions import outbox
from courses.models import MessageKind, MilestoneKind

AT_NOON = time(12)
AT_ONCE = 200


def write_due(at):
    """Write the notices that stand now, and return how many. Each is written once for each end.

    Who has no address is told by their organiser: `ending` says who.
    """
    today = timezone.localdate(at)
    ready = Certificate.objects.current().filter(milestone__kind=MilestoneKind.READY)
    ready = ready.filter(withdrawal=None).for_reading().select_related("holder", "organisation")
    letters = (
        _letter(certificate, standing, notice, at)
        for certificate in ready.iterator(chunk_size=AT_ONCE)
        for standing in [certificate.standing(today)]
        if (notice := notice_due(standing))
    )
    written = 0
    while some := list(islice(letters, AT_ONCE)):
        written += outbox.write_new(some)
    return written


def _letter(certificate, standing, notice, at):
    return {
        "kind": MessageKind.CERTIFICATE_ENDS,
        "key": f"certificate_ends:{certificate.milestone_id}:{standing.valid_until}:{notice}",
        "at": at,
        "send_after": _by_day(at),
        "person": certificate.holder,
        "organisation": certificate.organisation,
        "certificate": certificate,
        "valid_until": standing.valid_until,
    }


def _by_day(at):
    """Return noon of the day, or now when that is past: such a letter can wait for daylight."""
    noon = timezone.make_aware(datetime.combine(timezone.localdate(at), AT_NOON))
    return max(at, noon)


def ending(certificates, today):
    """Return (certificate, standing) of those that end within three months, or have lapsed.

    The certificates come from `for_reading`. The next to end comes first.
    """
    found = ((each, each.standing(today)) for each in certificates)
    soon = [
        (each, standing)
        for each, standing in found
        if standing.days_left is not None and standing.days_left <= max(NOTICES)
    ]
    return sorted(soon, key=lambda pair: (pair[1].valid_until, pair[0].name, pair[0].pk))
