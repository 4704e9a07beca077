"""Where one trainee stands, by the rule that every page and every milestone goes by."""

from courses.actions.milestones import facts_of
from courses.completion import standing


def standing_of(enrolment):
    facts, _days = facts_of(enrolment)
    return standing(enrolment.cohort.edition.asked(), facts)
