"""What helps somebody take part, for tests of who may see it."""

from courses.actions import needs
from tests.factories.courses import NOW

EVERYBODY = ("organisers", "facilitators", "observers", "mentor")


def share_needs(enrolment, *readers, chosen=("breaks",), own_words="", at=NOW):
    """Say what helps, and share it with these readers; with all there are where none is named."""
    shared = {f"with_{each}": each in (readers or EVERYBODY) for each in EVERYBODY}
    return needs.say(enrolment=enrolment, needs=chosen, own_words=own_words, at=at, **shared)


def keep_needs(enrolment, chosen=("breaks",), own_words="", at=NOW):
    """Say what helps, and share it with nobody."""
    shared = {f"with_{each}": False for each in EVERYBODY}
    return needs.say(enrolment=enrolment, needs=chosen, own_words=own_words, at=at, **shared)
