"""Sharing a plan with the group or a mentor, and taking it back. Only the owner does either."""

from django.db import transaction

from courses.actions.keys import key_for
from courses.models import Audience, Enrolment, PlanSharing


class NoMentor(Exception):
    """There is nobody yet to share it with."""


@transaction.atomic
def share(*, plan, audience, with_review, key, at):
    """Let an audience read this plan and, if asked, its latest review. Twice is once.

    What was shared of the same plan before (an earlier version of it) is replaced by this.
    Raises NoMentor when it is meant for a mentor and the trainee has none.
    """
    mentor = None
    if audience == Audience.MENTOR:
        mentor = Enrolment.objects.values_list("mentor", flat=True).get(pk=plan.enrolment_id)
        if mentor is None:
            raise NoMentor
    review = plan.reviews.order_by("pk").last() if with_review else None
    wanted = {
        "plan_id": plan.pk,
        "review_id": review.pk if review else None,
        "mentor_id": mentor,
        "is_shared": True,
    }
    return _add(_newest(plan, audience), wanted, audience=audience, key=key, at=at)


@transaction.atomic
def take_back(*, plan, audience, key, at):
    """Hide a plan, in whichever version it was shared, from an audience. Twice is once."""
    newest = _newest(plan, audience)
    if newest is None or not newest.is_shared:
        return newest
    wanted = {
        "plan_id": newest.plan_id,
        "review_id": None,
        "mentor_id": newest.mentor_id,
        "is_shared": False,
    }
    return _add(newest, wanted, audience=audience, key=key, at=at)


def _newest(plan, audience):
    return (
        PlanSharing.objects.newest()
        .filter(plan__enrolment=plan.enrolment_id, plan__exercise=plan.exercise, audience=audience)
        .first()
    )


def _add(newest, wanted, *, audience, key, at):
    """Add a row, unless the newest says the same already.

    The key holds what was in force before: a page that was gone back to after the plan was taken
    back shares it again when its button is pressed, and a button pressed twice shares it once.
    """
    if newest and all(getattr(newest, name) == value for name, value in wanted.items()):
        return newest
    before = newest.pk if newest else None
    own_key = key_for(key, audience, before, wanted)
    PlanSharing.objects.bulk_create(
        [PlanSharing(audience=audience, key=own_key, at=at, **wanted)], ignore_conflicts=True
    )
    return PlanSharing.objects.get(plan=wanted["plan_id"], key=own_key)
