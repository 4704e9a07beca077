"""Playing a scenario: one moment a page, each with an address of its own. All of it is private."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from content.exercises import Scenario
from courses.actions import scenarios
from courses.forms.progress import KeyForm
from courses.forms.scenarios import ChoiceForm
from courses.models import Enrolment
from courses.outline import OutlineLesson, OutlineSession
from courses.playing import playing
from courses.reading import places, reading
from courses.views.scope import (
    frame,
    in_its_words,
    keeps_what_was_written,
    own_enrolment,
    own_lesson,
    own_step,
)


@dataclass(frozen=True)
class Here:
    """A scenario where a trainee meets it: in which step of which lesson."""

    enrolment: Enrolment
    session: OutlineSession
    lesson: OutlineLesson
    number: int
    scenario: Scenario

    @property
    def place(self):
        return [self.enrolment.pk, self.session.slug, self.lesson.slug, self.number]

    def at(self, move):
        """The address of a move."""
        return reverse("scenario_move", args=[*self.place, move])

    def frame(self):
        """What each page of a scenario shows around the moment itself."""
        return {
            **frame(self.enrolment),
            **in_its_words(self.enrolment.cohort.edition, self.lesson),
            "session": self.session,
            "lesson": self.lesson,
            "number": self.number,
            "scenario": self.scenario,
            "key": uuid.uuid4(),
        }


def _here(request, pk, session, lesson, number):
    """Return where this is, or answer 404 when there is no scenario of the trainee's own."""
    enrolment = own_enrolment(request, pk)
    session, lesson = own_lesson(enrolment, session, lesson)
    asked = reading(lesson).steps[own_step(lesson, number).id].exercise
    if asked is None or asked.kind != "scenario":
        raise Http404
    return Here(enrolment, session, lesson, number, asked)


@require_POST
@keeps_what_was_written
def begin(request, pk, session, lesson, number):
    """“Begin”, and “Play it again”."""
    here = _here(request, pk, session, lesson, number)
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("We could not read that. Please press the button again."))
        return redirect("step", *here.place)
    scenarios.begin(
        enrolment=here.enrolment,
        lesson=here.lesson,
        scenario=here.scenario,
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )
    return redirect(here.at(1))


@require_GET
@login_required
def move(request, pk, session, lesson, number, move):
    """One moment: what happens and what one could say, or what was chosen and came of it."""
    here = _here(request, pk, session, lesson, number)
    found = playing(here.enrolment, here.scenario)
    if not found.is_begun:
        return redirect("step", *here.place)
    played = found.here
    if not 1 <= move <= played.next_number:
        return redirect(here.at(played.next_number))
    if move < played.next_number:
        made = played.moves[move - 1]
        return _render(request, here, "said", {"move": made, "onward": here.at(move + 1)})
    if played.ending:
        return _render_ending(request, here, found)
    return _render_question(request, here, found)


def _render(request, here, screen, more, status=200):
    context = {**here.frame(), **more}
    return render(request, f"courses/learning/scenario_{screen}.html", context, status=status)


def _render_question(request, here, found, form=None, status=200):
    form = form or ChoiceForm(ways=found.here.ways, initial={"key": uuid.uuid4()})
    more = {"played": found.here, "form": form, "run": found.run}
    return _render(request, here, "move", more, status)


def _render_ending(request, here, found):
    place = places(here.enrolment)[here.lesson.key]
    step = here.lesson.step_ids[here.number - 1]
    more = {
        "playing": found,
        "ending": found.ending,
        "finished": step in place.done,
        "is_last": here.number == len(here.lesson.steps),
    }
    return _render(request, here, "ending", more)


@require_POST
@keeps_what_was_written
def choose(request, pk, session, lesson, number, move):
    """Keep a choice, then show what comes of it."""
    here = _here(request, pk, session, lesson, number)
    found = playing(here.enrolment, here.scenario)
    if not found.is_begun:
        return redirect("step", *here.place)
    now = found.here.next_number
    form = ChoiceForm(request.POST, ways=found.here.ways)
    form.full_clean()
    another_run = str(form.cleaned_data.get("run", found.run)) != found.run
    if move != now or another_run:
        # It was chosen already, here or in another tab: show what stands.
        return redirect(here.at(now if another_run else min(move, now)))
    if not form.is_valid():
        if form.errors.keys() & {"key", "run"}:
            messages.warning(request, _("We could not read that. Please choose again."))
        return _render_question(request, here, found, form=form, status=422)
    scenarios.choose(
        enrolment=here.enrolment,
        lesson=here.lesson,
        scenario=here.scenario,
        number=move,
        at=timezone.now(),
        **form.cleaned_data,
    )
    return redirect(f"{here.at(move)}#said-back")


@require_GET
@login_required
def card(request, pk, session, lesson, number):
    """The scenario as cards for the room: nothing of how anybody played it."""
    return _render(request, _here(request, pk, session, lesson, number), "card", {})
