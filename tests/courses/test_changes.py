"""What a newer edition has that an older one does not."""

from dataclasses import replace

from courses.changes import compare, sessions_asked, why_not_move
from courses.outline import (
    Outline,
    OutlineExercise,
    OutlineLesson,
    OutlineSession,
    OutlineStep,
    from_data,
    to_data,
)


def lesson(key, steps=("s1", "s2"), revision=1, required=True):
    return OutlineLesson(
        key=key,
        slug=key,
        title=key.title(),
        summary="",
        minutes=12,
        required=required,
        revision=revision,
        steps=tuple(OutlineStep(id=step, title=f"Step {step}") for step in steps),
    )


def outline(*lessons, key="one", number=1):
    session = OutlineSession(
        key=key,
        number=number,
        slug=key,
        title=key,
        summary="",
        counted=True,
        minutes=150,
        revision=1,
        lessons=lessons,
    )
    return Outline(sessions=(session,))


def test_the_same_course_has_no_changes():
    changes = compare(outline(lesson("a"), lesson("b")), outline(lesson("b"), lesson("a")))

    assert (bool(changes), changes.unchanged) == (False, 2)


def test_lessons_come_and_go():
    changes = compare(outline(lesson("a"), lesson("b")), outline(lesson("b"), lesson("c")))

    assert [each.key for each in changes.added] == ["c"]
    assert [each.key for each in changes.taken_out] == ["a"]
    assert changes.changed == ()


def test_a_changed_lesson_names_the_steps_that_came_and_went():
    before, after = lesson("a", ("s1", "s2")), lesson("a", ("s2", "s3"), revision=2)

    [change] = compare(outline(before), outline(after)).changed

    assert change.steps_added == ("Step s3",)
    assert change.steps_taken_out == ("Step s1",)


def test_an_activity_that_is_played_in_another_version_is_named_by_its_step():
    def with_activity(version, asked=False):
        activity = OutlineExercise("e1", "h5p", version=version, asked=asked)
        plain = OutlineExercise("e2", "check")
        steps = [OutlineStep("s1", "Play", (activity,)), OutlineStep("s2", "Check", (plain,))]
        return outline(replace(lesson("a"), steps=tuple(steps)))

    [change] = compare(with_activity(1), with_activity(2)).changed

    assert change.activities_renewed == ("Play",)
    assert (change.steps_added, change.steps_taken_out) == ((), ())
    assert not compare(with_activity(1), with_activity(1))


def test_an_activity_that_is_new_is_not_called_changed():
    activity = OutlineExercise("e1", "h5p", version=1)
    after = replace(lesson("a", revision=2), steps=(OutlineStep("s1", "Play", (activity,)),))

    [change] = compare(outline(lesson("a")), outline(after)).changed

    assert change.activities_renewed == ()


def test_it_tells_when_a_lesson_becomes_needed_or_stops_being():
    [now] = compare(outline(lesson("a", required=False)), outline(lesson("a"))).changed
    [no_longer] = compare(outline(lesson("a")), outline(lesson("a", required=False))).changed

    assert (now.now_needed, now.no_longer_needed) == (True, False)
    assert (no_longer.now_needed, no_longer.no_longer_needed) == (False, True)


def test_a_group_keeps_its_sessions_and_is_never_asked_for_more():
    here, elsewhere = outline(), outline(key="two")

    assert why_not_move(here, here, 4, 4) is None
    assert why_not_move(here, here, 4, 3) is None
    assert why_not_move(here, here, 3, 4) == "more_sessions"
    assert why_not_move(here, elsewhere, 4, 4) == "other_sessions"
    assert why_not_move(here, outline(number=2), 4, 4) == "other_sessions"


def test_how_many_sessions_an_edition_asks_for():
    asked = [{"kind": "sessions_attended", "at_least": 4, "of": 6}, {"kind": "lessons_finished"}]

    assert sessions_asked(asked) == 4
    assert sessions_asked([]) == 0


def test_an_edition_from_before_there_were_activities_is_still_read():
    plain = OutlineStep("s1", "Check", (OutlineExercise("e1", "check"),))
    data = to_data(outline(replace(lesson("a"), steps=(plain,))))
    exercise = data["sessions"][0]["lessons"][0]["steps"][0]["exercises"][0]
    del exercise["version"], exercise["asked"]

    assert from_data(data).lessons[0].steps == (plain,)
    assert from_data(data).h5p("e1") is None
