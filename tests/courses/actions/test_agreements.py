"""What a group agrees on, and what a trainee signs: added, never changed."""

import uuid
from dataclasses import replace

import pytest

from content.wording import fingerprint
from courses import agreements as state
from courses.actions import agreements, editions
from courses.models import GroupAgreement, LessonPage, Signature
from courses.reading import reading
from tests.factories.courses import (
    NOW,
    agreement_block,
    group_agreement_block,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    """A trainee of a course with both agreements to sign, and a place for the group's own."""
    course = make_course(sessions_required=1)
    body = [step_block(), group_agreement_block()]
    for which in ("role", "confidentiality"):
        body += [step_block(), agreement_block(which, f"My {which}")]
    make_lesson(make_session(course, 1), body=body)
    return make_enrolment(make_cohort(editions.make_edition(course=course, by=None, at=NOW)))


def to_sign(enrolment):
    """The agreements of the trainee's edition, in order: role, confidentiality."""
    return [each.agreement for each in state.asked(enrolment.cohort.edition.outline)]


def sign(enrolment, agreement, name="Amina Yusuf"):
    return agreements.sign(
        enrolment=enrolment,
        lesson=enrolment.cohort.edition.outline.lessons[0],
        agreement=agreement,
        name=name,
        key=uuid.uuid4(),
        at=NOW,
    )


def agree(cohort, *lines, key=None):
    return agreements.make_group_agreement(
        cohort=cohort, lines=list(lines), key=key or uuid.uuid4(), by=make_person(), at=NOW
    )


def test_a_signature_keeps_the_very_words(enrolment):
    role, _confidentiality = to_sign(enrolment)

    signed = sign(enrolment, role)

    assert (signed.which, signed.title, signed.name) == ("role", "My role", "Amina Yusuf")
    assert signed.words == (
        "You hold the room together.\n– I will listen\nI have read this, and I agree."
    )
    assert signed.fingerprint == fingerprint(role)
    assert signed.revision == enrolment.cohort.edition.outline.lessons[0].revision


def test_the_same_words_are_signed_once(enrolment):
    role, _confidentiality = to_sign(enrolment)

    assert sign(enrolment, role) == sign(enrolment, role, "Another name")
    assert Signature.objects.count() == 1


def test_other_words_are_signed_anew_and_the_older_are_kept(enrolment):
    role, _confidentiality = to_sign(enrolment)
    sign(enrolment, role)

    sign(enrolment, replace(role, lines=("I will listen", "I will rest")))

    assert [each.words.count("–") for each in Signature.objects.all()] == [1, 2]


def test_both_agreements_are_needed(enrolment):
    role, confidentiality = to_sign(enrolment)
    told = [state.agreements_signed(enrolment)]
    sign(enrolment, role)
    told.append(state.agreements_signed(enrolment))

    sign(enrolment, confidentiality)

    told.append(state.agreements_signed(enrolment))
    assert told == [False, False, True]


def test_what_was_signed_in_other_words_does_not_count_for_those_of_the_edition(enrolment):
    role, confidentiality = to_sign(enrolment)
    sign(enrolment, replace(role, title="An older title"))
    sign(enrolment, confidentiality)

    assert state.agreements_signed(enrolment) is False


def test_somebody_elses_signatures_do_not_count(enrolment):
    for agreement in to_sign(enrolment):
        sign(enrolment, agreement)

    other = make_enrolment(enrolment.cohort)

    assert (state.agreements_signed(enrolment), state.agreements_signed(other)) == (True, False)


def test_a_course_without_agreements_has_none_that_are_signed():
    assert state.agreements_signed(make_enrolment(make_cohort(make_edition(sessions=1)))) is False


def test_the_words_are_those_of_the_edition_and_not_of_a_later_draft(enrolment):
    page = LessonPage.objects.get()
    page.body.pop()
    page.save_revision().publish()

    assert [each.which for each in to_sign(enrolment)] == ["role", "confidentiality"]


def test_the_latest_group_agreement_holds_and_the_earlier_is_kept(enrolment):
    agree(enrolment.cohort, "One at a time")
    agree(enrolment.cohort, "One at a time", "Pass is fine")

    assert state.group_lines(enrolment.cohort) == ["One at a time", "Pass is fine"]
    assert GroupAgreement.objects.count() == 2


def test_a_group_agreement_sent_twice_is_one(enrolment):
    key = uuid.uuid4()

    assert agree(enrolment.cohort, "One", key=key) == agree(enrolment.cohort, "One", key=key)
    assert GroupAgreement.objects.count() == 1


def test_each_group_has_its_own(enrolment):
    other = make_cohort(enrolment.cohort.edition)
    agree(other, "Cake first")

    assert state.group_lines(enrolment.cohort) is None
    assert state.group_lines(other) == ["Cake first"]


def test_an_edition_offers_its_lines_to_begin_with(enrolment):
    assert state.starters(enrolment.cohort.edition.outline) == ("One at a time", "Pass is fine")
    assert state.starters(make_edition(sessions=1).outline) == ()


def test_an_exercise_is_found_on_its_own_screen(enrolment):
    outline = enrolment.cohort.edition.outline
    found = state.asked(outline)

    steps = list(reading(outline.lessons[0]).steps.values())
    assert [each.step for each in found] == [2, 3]
    assert [steps[each.step - 1].exercise for each in found] == to_sign(enrolment)
