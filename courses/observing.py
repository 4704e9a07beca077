"""What observers saw of a trainee, and what follows from it."""

from collections import defaultdict

from courses.models import Rating
from courses.readiness import Readiness, decide


def readiness_of(enrolments) -> dict[int, Readiness]:
    """Return {enrolment id: Readiness} of those who were watched at all, in one query.

    Of an observation that was corrected, the latest correction counts. It stands where the
    practice stood: mending an old practice does not make it the newest.
    """
    ratings = Rating.objects.filter(
        observation__practice__enrolment__in=enrolments, observation__corrected_by=None
    )
    ratings = ratings.order_by("observation__practice__observed_at", "observation__practice", "pk")
    seen: dict[int, dict] = defaultdict(lambda: defaultdict(dict))
    for enrolment, practice, criterion, level in ratings.values_list(
        "observation__practice__enrolment", "observation__practice", "criterion", "level"
    ):
        seen[enrolment][practice][criterion] = level
    return {enrolment: decide(practices.values()) for enrolment, practices in seen.items()}
