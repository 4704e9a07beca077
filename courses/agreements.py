"""What a cohort agreed on, and what a trainee has signed of what their edition asks for."""

from dataclasses import dataclass

from content.exercises import Agreement
from content.wording import fingerprint
from courses.models import AgreementKind, GroupAgreement, Signature
from courses.outline import OutlineLesson, OutlineSession
from courses.reading import reading


@dataclass(frozen=True)
class Asked:
    """An agreement that an edition asks people to sign, and where it stands."""

    session: OutlineSession
    lesson: OutlineLesson
    step: int
    agreement: Agreement

    @property
    def fingerprint(self):
        return fingerprint(self.agreement)


def group_lines(cohort):
    """Return the lines that the group has agreed on; None when it has made none yet."""
    latest = GroupAgreement.objects.filter(cohort=cohort).order_by("-pk")
    return latest.values_list("lines", flat=True).first()


def starters(outline):
    """Return the lines that an edition gives a group to begin with, if it does."""
    found = next((each for _s, _l, _n, each in _exercises(outline, "group_agreement")), None)
    return found.starters if found else ()


def asked(outline):
    """Return what an edition asks people to sign, in the order of the course."""
    return tuple(Asked(*place) for place in _exercises(outline, "agreement"))


def in_force(signatures, outline):
    """Return {exercise id: Signature} of those whose words are the ones the edition holds now."""
    signed = {(str(each.exercise), each.fingerprint): each for each in signatures}
    return {
        each.agreement.id: signed[each.agreement.id, each.fingerprint]
        for each in asked(outline)
        if (each.agreement.id, each.fingerprint) in signed
    }


def agreements_signed(enrolment):
    """Tell whether a trainee has signed both agreements, in the words their edition holds now."""
    signatures = Signature.objects.filter(enrolment=enrolment)
    signed = in_force(signatures, enrolment.cohort.edition.outline).values()
    return {each.which for each in signed} == set(AgreementKind.values)


def _exercises(outline, kind):
    """Yield (session, lesson, step counted from 1, exercise) for each exercise of a kind."""
    for session in outline.sessions:
        for lesson in session.lessons:
            for number, step in enumerate(lesson.steps, 1):
                if any(exercise.kind == kind for exercise in step.exercises):
                    yield session, lesson, number, reading(lesson).steps[step.id].exercise
