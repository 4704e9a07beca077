"""Playing a scenario: begin it, or begin again; choose. Runs and moves are only ever added.

Where a trainee stands is what `content.branching.play` says of their choices. So what is sent
twice, late, or from another tab finds that its moment has passed, and changes nothing.
"""

from django.db import transaction

from content.branching import play
from courses.actions.keys import key_for
from courses.models import Enrolment, ScenarioMove, ScenarioRun


@transaction.atomic
def begin(*, enrolment, lesson, scenario, key, at):
    """Begin to play a scenario, for the first time or anew. Return the ScenarioRun.

    A run in which nothing was chosen yet is not begun a second time. `lesson` is the
    OutlineLesson, `scenario` a content.exercises.Scenario.
    """
    _lock(enrolment)
    runs = ScenarioRun.objects.filter(enrolment_id=enrolment.pk)
    again = runs.filter(key=key).first()
    latest = runs.filter(exercise=scenario.id).last()
    untouched = latest and latest.revision == lesson.revision and not latest.moves.exists()
    if again is None and untouched:
        again = latest
    if again:
        return again
    _was_here(enrolment, lesson, at)
    return ScenarioRun.objects.create(
        enrolment_id=enrolment.pk,
        lesson=lesson.key,
        exercise=scenario.id,
        revision=lesson.revision,
        key=key,
        at=at,
    )


@transaction.atomic
def choose(*, enrolment, lesson, scenario, run, number, choice, key, at):
    """Keep what was chosen at the move with this number. Return the ScenarioMove, if it is new.

    `run` is the key of the run that the trainee saw. None is returned when they have gone on
    meanwhile, or when the choice is not offered there.
    """
    _lock(enrolment)
    played = ScenarioRun.objects.played(enrolment, scenario)
    if not played or played[-1].key != str(run):
        return None
    here = play(scenario, played[-1].chosen)
    way = next((way for way in here.ways if way.choice.id == str(choice)), None)
    if not here.fits or number != here.next_number or way is None:
        return None
    ending = play(scenario, [*played[-1].chosen, way.choice.id]).ending
    _was_here(enrolment, lesson, at)
    return ScenarioMove.objects.create(
        run_id=played[-1].pk,
        number=number,
        step=here.at.id,
        choice=way.choice.id,
        ending=ending.kind if ending else "",
        key=key_for(key, number, way.choice.id),
        at=at,
    )


def _lock(enrolment):
    """Let one act of this trainee follow another."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def _was_here(enrolment, lesson, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
