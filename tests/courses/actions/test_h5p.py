"""What a trainee does with an activity: kept once, their own, and never more than a claim."""

import uuid
from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from content.h5p.statements import VERBS, read
from content.models import H5PPackage, H5PVersion
from courses.actions import editions, h5p, moving, progress
from courses.models import (
    EditionFile,
    Enrolment,
    H5PHow,
    H5PState,
    H5PStatement,
    LessonPage,
    Milestone,
    StepEvent,
)
from courses.played import done_of, held, is_done
from tests.factories.courses import (
    NOW,
    attend,
    h5p_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_person,
    make_session,
    step_block,
)
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db


class Played:
    """A trainee in a lesson with an activity on its only step, and what it may say."""

    def __init__(self, asked=False, words="<p>Read.</p>"):
        self.package = make_version().package
        self.course = make_course(sessions_required=1)
        block = h5p_block(self.package, asked=asked, words=words)
        self.exercise = uuid.UUID(block["id"])
        self.page = make_lesson(make_session(self.course, 1), body=[step_block(), block])
        self.edition = editions.make_edition(course=self.course, by=None, at=NOW)
        self.facilitator = make_person("Fatima First")
        self.cohort = make_cohort(self.edition, facilitator=self.facilitator)
        self.enrolment = make_enrolment(self.cohort)

    @property
    def version(self):
        return self.edition.outline.h5p(str(self.exercise))[1].version

    @property
    def lesson(self):
        return self.edition.outline.lessons[0]

    def renew(self):
        """Replace the package, and make an edition that has the new version."""
        newer = make_version(self.package)
        return newer, editions.make_edition(course=self.course, by=None, at=NOW)

    def move(self, to):
        moving.move_cohort(cohort=self.cohort, to=to, by=None, at=NOW)
        self.edition = to
        self.enrolment = Enrolment.objects.with_cohort().get(pk=self.enrolment.pk)

    def say(self, verb="completed", version=None, at=NOW, **said):
        """Say something in the activity; return (what is kept, whether it is new)."""
        return h5p.record_statement(
            enrolment=self.enrolment,
            exercise=self.exercise,
            version=version or self.version,
            statement=read({"verb": {"id": VERBS + verb}, **said}),
            at=at,
        )

    def say_in_words(self):
        return h5p.say_done_in_words(
            enrolment=self.enrolment, exercise=self.exercise, key=uuid.uuid4(), at=NOW
        )

    def save(self, state, version=None):
        h5p.save_state(
            enrolment=self.enrolment,
            exercise=self.exercise,
            version=version or self.version,
            state=state,
            at=NOW,
        )

    def finish(self):
        return progress.finish_step(
            enrolment=self.enrolment,
            lesson=self.lesson,
            step=self.lesson.step_ids[0],
            key=uuid.uuid4(),
            at=NOW,
        )


def scored(scaled):
    return {"result": {"score": {"scaled": scaled, "raw": scaled * 4, "min": 0, "max": 4}}}


# --- Editions ----------------------------------------------------------------------------------


def test_an_edition_holds_the_version_of_the_day_it_was_made():
    played = Played()
    before = played.package.latest

    newer, edition = played.renew()

    assert played.version == before.pk
    assert edition.outline.h5p(str(played.exercise))[1].version == newer.pk
    rows = EditionFile.objects.order_by("pk").values_list("edition", "h5p_version")
    assert list(rows) == [(played.edition.pk, before.pk), (edition.pk, newer.pk)]


def test_two_lessons_with_one_activity_hold_one_version_of_it():
    played = Played()
    session = played.page.get_parent().specific
    make_lesson(session, "Another", body=[step_block(), h5p_block(played.package)])

    edition = editions.make_edition(course=played.course, by=None, at=NOW)

    assert edition.files.count() == 1


def test_what_an_edition_holds_cannot_be_deleted():
    played = Played()
    older = played.package.latest
    make_version(played.package)

    for held_fast in (played.package, older):
        with pytest.raises(ProtectedError):
            held_fast.delete()

    assert (H5PPackage.objects.count(), H5PVersion.objects.count()) == (1, 2)


def test_an_activity_that_nobody_chose_yet_is_not_asked_for():
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1), body=[step_block(), h5p_block(None, asked=True)])

    edition = editions.make_edition(course=course, by=None, at=NOW)

    [exercise] = edition.outline.lessons[0].steps[0].exercises
    assert (exercise.kind, exercise.version, exercise.asked) == ("h5p", None, False)
    assert edition.outline.h5p(exercise.id) is None
    assert edition.files.count() == 0


# --- What it says ------------------------------------------------------------------------------


def test_what_an_activity_says_is_kept_as_the_trainees_own():
    played = Played()

    kept, is_new = played.say(**scored(0.75))

    assert is_new
    assert (kept.enrolment, kept.exercise, kept.version_id) == (
        played.enrolment,
        played.exercise,
        played.version,
    )
    assert (str(kept.lesson), kept.how, kept.verb) == (
        played.lesson.key,
        H5PHow.PLAYED,
        "completed",
    )
    assert (kept.is_done, kept.score, kept.at) == (True, 0.75, NOW)
    assert kept.statement["result"]["score"]["raw"] == 3
    assert Enrolment.objects.get().last_active_at == NOW


@pytest.mark.parametrize("own", [{}, {"id": str(uuid.uuid4())}])
def test_the_same_said_again_is_kept_once(own):
    played = Played()

    first, _new = played.say(**own, **scored(1))
    again = played.say(at=NOW + timedelta(days=1), **own, **scored(1))

    assert again == (first, False)
    assert H5PStatement.objects.count() == 1


def test_a_name_that_was_used_before_keeps_what_was_said_first():
    played = Played()
    own = str(uuid.uuid4())
    played.say(id=own, **scored(0.25))

    kept, is_new = played.say(id=own, **scored(1))

    assert (kept.score, is_new) == (0.25, False)


def test_the_same_name_from_two_people_is_two_statements():
    played = Played()
    own = str(uuid.uuid4())
    played.say(id=own)
    played.enrolment = make_enrolment(played.cohort)

    _kept, is_new = played.say(id=own)

    assert is_new
    assert H5PStatement.objects.count() == 2


def test_what_is_said_in_another_order_comes_to_the_same():
    sent = [
        {"verb": verb, "id": str(uuid.uuid4())} for verb in ("attempted", "answered", "passed")
    ]

    told = []
    for order in (sent, sent[::-1], [*sent, *sent]):
        played = Played()
        for each in order:
            played.say(**each)
        rows = H5PStatement.objects.filter(enrolment=played.enrolment)
        told.append(sorted(rows.values_list("verb", "is_done")))

    assert told == [[("answered", True), ("attempted", False), ("passed", True)]] * 3


def test_a_version_that_the_group_never_had_is_refused():
    played = Played()
    newer, _edition = played.renew()
    other = make_version()

    for version in (newer.pk, other.pk, 999_999):
        with pytest.raises(h5p.NotHeld):
            played.say(version=version)
        with pytest.raises(h5p.NotHeld):
            played.save("{}", version=version)

    assert (H5PStatement.objects.count(), H5PState.objects.count()) == (0, 0)


def test_what_was_played_before_the_group_moved_is_still_taken():
    played = Played()
    before = played.version
    newer, edition = played.renew()
    played.move(edition)

    played.say(version=before)
    played.say(version=newer.pk)

    assert list(H5PStatement.objects.order_by("pk").values_list("version", flat=True)) == [
        before,
        newer.pk,
    ]


def test_an_activity_that_the_newer_edition_has_no_more_still_takes_what_was_done():
    played = Played()
    page = LessonPage.objects.get()
    page.body = [step_block(), {"type": "read", "value": "<p>Read.</p>", "id": str(uuid.uuid4())}]
    page.save_revision().publish()
    version = played.version
    played.move(editions.make_edition(course=played.course, by=None, at=NOW))

    played.say(version=version)

    assert is_done(played.enrolment, played.exercise)


def test_an_exercise_that_is_no_activity_takes_nothing():
    played = Played()
    played.exercise = uuid.uuid4()

    with pytest.raises(h5p.NotHeld):
        played.say(version=1)
    with pytest.raises(h5p.NotHeld):
        played.say_in_words()


def test_a_flood_of_statements_ends_and_what_was_done_still_has_its_place(monkeypatch):
    monkeypatch.setattr(h5p, "AT_MOST", 3)
    played = Played()
    for _n in range(3):
        played.say("progressed", id=str(uuid.uuid4()))

    with pytest.raises(h5p.TooMany):
        played.say("progressed", id=str(uuid.uuid4()))
    _kept, is_new = played.say("completed")

    assert is_new
    assert H5PStatement.objects.count() == 4


# --- Where they are ----------------------------------------------------------------------------


def test_the_newest_state_is_the_one_that_is_kept():
    played = Played()

    for state in ('{"page": 1}', '{"page": 2}'):
        played.save(state)

    assert H5PState.objects.get().state == '{"page": 2}'


def test_each_version_has_a_state_of_its_own():
    played = Played()
    before = played.version
    played.save("old")
    newer, edition = played.renew()
    played.move(edition)

    played.save("new")

    assert dict(H5PState.objects.values_list("version", "state")) == {
        before: "old",
        newer.pk: "new",
    }


def test_a_state_that_is_too_long_leaves_the_one_before():
    played = Played()
    played.save("{}")
    played.save("é" * (h5p.LARGEST_STATE // 2))

    with pytest.raises(h5p.TooLong):
        played.save("é" * (h5p.LARGEST_STATE // 2) + "e")

    assert H5PState.objects.get().state == "é" * (h5p.LARGEST_STATE // 2)


@pytest.mark.parametrize("state", ["a\0b", "\ud800"])
def test_a_state_that_no_database_can_hold_is_refused(state):
    with pytest.raises(h5p.NotText):
        Played().save(state)

    assert not H5PState.objects.exists()


# --- Did the activity --------------------------------------------------------------------------


def test_a_step_that_asks_for_its_activity_waits_for_it():
    played = Played(asked=True)

    with pytest.raises(progress.NotDoneYet):
        played.finish()
    played.say("progressed")
    with pytest.raises(progress.NotDoneYet):
        played.finish()
    assert not StepEvent.objects.exists()

    played.say("completed")
    played.finish()

    assert StepEvent.objects.count() == 1


@pytest.mark.parametrize("verb", ["answered", "completed", "passed", "failed"])
def test_whatever_the_end_it_was_done(verb):
    played = Played(asked=True)
    played.say(verb, **scored(0))

    played.finish()

    assert StepEvent.objects.count() == 1


def test_whoever_did_it_in_words_did_it():
    played = Played(asked=True)

    first, again = played.say_in_words(), played.say_in_words()
    played.finish()

    assert (first, first.how, first.is_done, first.score) == (again, "in_words", True, None)
    assert StepEvent.objects.count() == 1


def test_what_another_trainee_did_does_not_count():
    played = Played(asked=True)
    played.say()
    played.enrolment = make_enrolment(played.cohort)

    with pytest.raises(progress.NotDoneYet):
        played.finish()


def test_a_step_that_does_not_ask_is_finished_without():
    played = Played(asked=False)

    played.finish()

    assert StepEvent.objects.count() == 1


def ask_for_it(played):
    """Have the author ask for the activity, and move the group to an edition that does."""
    page = LessonPage.objects.get()
    page.body[1].value["asked"] = True
    page.save_revision().publish()
    played.move(editions.make_edition(course=played.course, by=None, at=NOW))


def test_a_finished_step_stays_finished_where_it_is_newly_asked_for():
    played = Played(asked=False)
    attend(played.enrolment, 1)
    played.finish()
    ask_for_it(played)

    played.finish()  # a press that comes again, or late

    assert Milestone.objects.count() == 1
    assert StepEvent.objects.count() == 2


def test_who_had_not_finished_it_is_asked_from_then_on_and_what_they_did_before_counts():
    played = Played(asked=False)
    played.say()
    did = played.enrolment
    played.enrolment = did_not = make_enrolment(played.cohort)
    ask_for_it(played)

    with pytest.raises(progress.NotDoneYet):
        played.finish()
    played.enrolment = Enrolment.objects.with_cohort().get(pk=did.pk)
    played.finish()

    assert did_not.step_events.count() == 0
    assert did.step_events.count() == 1


@pytest.mark.parametrize("score", [0, 0.5, 1, None])
def test_a_certificate_never_rests_on_a_score(score):
    played = Played(asked=True)
    attend(played.enrolment, 1)
    played.say("failed" if score == 0 else "completed", **(scored(score) if score else {}))

    milestone = played.finish()

    assert milestone == Milestone.objects.get(enrolment=played.enrolment)


def test_playing_alone_completes_nothing():
    played = Played(asked=True)
    attend(played.enrolment, 1)

    played.say(**scored(1))

    assert (StepEvent.objects.count(), Milestone.objects.count()) == (0, 0)


# --- Read again --------------------------------------------------------------------------------


def test_a_trainee_reads_what_they_did_latest_first():
    played = Played()
    played.say("attempted")
    played.say("failed", **scored(0.75))
    played.say_in_words()

    done = done_of(played.enrolment, played.exercise)

    assert [(each.in_words, each.told.raw, each.told.of) for each in done] == [
        (True, None, None),
        (False, 3, 4),
    ]


def test_the_edition_of_today_is_looked_at_before_earlier_ones(django_assert_num_queries):
    played = Played()
    newer, edition = played.renew()
    played.move(edition)
    next(held(played.enrolment, played.exercise))

    with django_assert_num_queries(0):
        _lesson, activity = next(held(played.enrolment, played.exercise))

    assert activity.version == newer.pk
