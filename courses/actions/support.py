"""Writing down a contact with somebody who is ready to co-facilitate. Each is added."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import days
from courses.actions.keys import key_for
from courses.models import Enrolment, Milestone, MilestoneKind, SupportContact
from courses.support import opens


class TooEarly(Exception):
    """The time of this contact has not come; `str()` says when it does."""


@transaction.atomic
def write_contact(*, enrolment, month, day, how, came_of_it, key, by, at):
    """Write down a contact: the one after `month` months, on which day, how, and what came of it.

    Twice is once. Raises TooEarly.
    """
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    reached = Milestone.objects.get(enrolment=enrolment, kind=MilestoneKind.READY)
    first = opens(timezone.localdate(reached.reached_at), month)
    if day < first:
        raise TooEarly(
            _("This contact has its time from %(day)s on. Choose that day or a later one.")
            % {"day": days.day(first)}
        )
    own_key = key_for(key, month, day, how, came_of_it)
    SupportContact.objects.bulk_create(
        [
            SupportContact(
                enrolment=enrolment,
                month=month,
                day=day,
                how=how,
                came_of_it=came_of_it,
                by=by,
                at=at,
                key=own_key,
            )
        ],
        ignore_conflicts=True,
    )
    return SupportContact.objects.get(enrolment=enrolment, key=own_key)
