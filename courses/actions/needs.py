"""What helps somebody take part: said, changed and taken away by that person alone."""

from django.db import transaction

from courses.models import AccessNeeds, AccessNeedsChange, Enrolment


@transaction.atomic
def say(
    *,
    enrolment,
    needs,
    own_words,
    with_organisers,
    with_facilitators,
    with_observers,
    with_mentor,
    at,
):
    """Keep what helps, and with whom it is shared, in place of what was said before.

    To say nothing is to take it away. With `with_mentor` it is shared with the mentor of this
    moment, if there is one. What was said before leaves no trace. Twice is once.
    """
    found = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if not needs and not own_words:
        return take_away(enrolment=enrolment, at=at)
    wanted = {
        "needs": sorted(needs),
        "own_words": own_words,
        "with_organisers": with_organisers,
        "with_facilitators": with_facilitators,
        "with_observers": with_observers,
        "mentor_id": found.mentor_id if with_mentor else None,
    }
    if not AccessNeeds.objects.filter(enrolment=found, **wanted).exists():
        AccessNeeds.objects.update_or_create(enrolment=found, defaults=wanted)
        AccessNeedsChange.objects.create(enrolment=found, is_taken_away=False, at=at)
    return AccessNeeds.objects.get(enrolment=found)


@transaction.atomic
def take_away(*, enrolment, at):
    """Delete what was said. Only that it was taken away stays. Twice is once."""
    deleted, _by_model = AccessNeeds.objects.filter(enrolment=enrolment).delete()
    if deleted:
        AccessNeedsChange.objects.create(enrolment=enrolment, is_taken_away=True, at=at)
