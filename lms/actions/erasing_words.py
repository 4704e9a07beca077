"""Names and addresses of somebody in words that went to others, or that others wrote."""

import re

from django.db.models import Q

from courses.models import Message, SignOff
from lms.privacy.kept import GONE

IN_MESSAGES = ("from_name", "reply_to", "subject", "text")


def erase(person):
    """Take a person's names and addresses out of messages to others, and out of sign-offs."""
    said = names(person)
    if not said:
        return
    _out_of_messages(person, said)
    known = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in said), re.I)
    for each in SignOff.objects.filter(_any_of(["name"], said)):
        if known.search(each.name):
            SignOff.objects.filter(pk=each.pk).update(name=GONE)


def names(person):
    """Return everything that a person is called by, the longest first."""
    said = {person.name_as_kept.strip(), person.certificate_name.strip(), person.email or ""}
    return sorted(said - {""}, key=len, reverse=True)


def _out_of_messages(person, said):
    """What was sent is not read again, so its words go; what waits says the rest of it."""
    known = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in said), re.I)
    others = Message.objects.exclude(person=person)
    for each in others.filter(_any_of(IN_MESSAGES, said)).iterator(chunk_size=200):
        for column in IN_MESSAGES:
            setattr(each, column, known.sub(GONE, getattr(each, column)))
        if each.by_id == person.pk:
            each.from_name = each.organisation.name if each.organisation_id else ""
        if GONE in each.reply_to:
            each.reply_to = ""
        if each.sent_at or each.given_up_at:
            each.text = ""
        each.save(update_fields=list(IN_MESSAGES))


def _any_of(columns, said):
    wanted = Q()
    for column in columns:
        for name in said:
            wanted |= Q(**{f"{column}__icontains": name})
    return wanted
