"""Putting a message into the outbox: in the transaction of what it tells of, and once."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from courses.models import Message


@transaction.atomic
def write(*, kind, key, at, person=None, address="", cohort=None, organisation=None, **more):
    """Put a message into the outbox, and return it. The same key again changes nothing.

    `person` gets it at their address, or `address` does. None is returned when there is neither:
    people without e-mail are told by their organiser. `language` and `send_after` may be given;
    whatever else is given are words for the template `courses/mail/<kind>.txt`, whose first line
    is the subject.
    """
    to = address or (person.email if person else "")
    if not to:
        return None
    language = more.pop("language", "") or getattr(person, "language", "")
    language = language or settings.LANGUAGE_CODE
    send_after = more.pop("send_after", None) or at
    organisation = organisation or (cohort.organisation if cohort else None)
    words = {"person": person, "cohort": cohort, "organisation": organisation, **more}
    subject, text = _drawn(kind, language, words)
    message, _made = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "person": person,
            "address": to,
            "organisation": organisation,
            "cohort": cohort,
            "language": language,
            "subject": subject,
            "text": text,
            "made_at": at,
            "send_after": send_after,
        },
    )
    return message


def _drawn(kind, language, words):
    """Return (subject, text) of a kind of message in a language."""
    with translation.override(language):
        drawn = render_to_string(
            f"courses/mail/{kind}.txt", {"site": settings.SITE_ADDRESS, **words}
        )
    subject, _line, text = drawn.strip().partition("\n")
    return " ".join(subject.split()), text.strip() + "\n"
