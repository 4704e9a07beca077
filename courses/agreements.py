"""What a cohort agreed on, and what a trainee has signed of what their edition asks for."""

from dataclasses import dataclass
from functools import lru_cache

from content.exercises import Agreement
from content.wording import fingerprint
from courses.models import AgreementKind, GroupAgreement, Signature
from courses.models.editions import outline_of
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
    found = next((each for _s, _l, _n, each in exercises_of(outline, "group_agreement")), None)
    return found.starters if found else ()


def asked(outline):
    """Return what an edition asks people to sign, in the order of the course."""
    return tuple(Asked(*place) for place in exercises_of(outline, "agreement"))


@lru_cache(maxsize=256)
def wordings(edition_id):
    """Return {(exercise id, fingerprint): which agreement} of an edition, in all its languages.

    It is signed whatever language it was read in: the edition holds those words as well.
    """
    outline = outline_of(edition_id)
    spoken = (outline.in_language(language) for language in ("", *outline.languages))
    return {
        (each.agreement.id, each.fingerprint): each.agreement.which
        for words in spoken
        for each in asked(words)
    }


def in_force(signatures, edition):
    """Return {exercise id: Signature} of those whose words are among those the edition holds."""
    held = wordings(edition.pk)
    known = ((str(each.exercise), each) for each in signatures)
    return {exercise: each for exercise, each in known if (exercise, each.fingerprint) in held}


def agreements_signed(enrolment):
    """Tell whether a trainee has signed both agreements, in words that their edition holds."""
    signatures = Signature.objects.filter(enrolment=enrolment)
    signed = in_force(signatures, enrolment.cohort.edition).values()
    return {each.which for each in signed} == set(AgreementKind.values)


def exercises_of(outline, kind):
    """Yield (session, lesson, step counted from 1, exercise) for each exercise of a kind."""
    for session in outline.sessions:
        for lesson in session.lessons:
            for number, step in enumerate(lesson.steps, 1):
                if any(exercise.kind == kind for exercise in step.exercises):
                    yield session, lesson, number, reading(lesson).steps[step.id].exercise
