"""A lesson's scenarios as their author sees them: drawn, with what is amiss, and played.

It is the latest draft, for people who may edit it. Playing keeps no record: where one stands is in
the address. A scenario that is well can be taken along as an H5P file.
"""

from dataclasses import dataclass
from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from content.branching import Way, cards, faults, play
from content.exercises import Scenario
from content.graph_drawing import Drawing, draw
from content.h5p import scenarios
from content.scenario_words import fault_words
from courses.models import LessonPage


@dataclass(frozen=True)
class WayDraft:
    """A choice, with what is amiss with it."""

    way: Way
    faults: list[str]


@dataclass(frozen=True)
class PlaceDraft:
    """A step or an ending, with its choices and what is amiss."""

    place: object
    ways: list[WayDraft]
    faults: list[str]

    @property
    def to_mend(self):
        """How much there is to mend, here and in the choices."""
        return len(self.faults) + sum(len(each.faults) for each in self.ways)


@dataclass(frozen=True)
class ScenarioDraft:
    """A scenario of a draft, ready to show."""

    scenario: Scenario
    drawing: Drawing
    faults: list[str]
    steps: list[PlaceDraft]
    endings: list[PlaceDraft]

    @property
    def to_mend(self):
        return len(self.faults) + sum(each.to_mend for each in (*self.steps, *self.endings))

    @property
    def unwell(self):
        """The ids of the steps and endings with something to mend."""
        return {each.place.id for each in (*self.steps, *self.endings) if each.to_mend}


def scenario_draft(scenario):
    """Return everything an author is shown of a scenario."""
    found = faults(scenario)

    def told(place, choice, name):
        return [
            str(fault_words(fault.reason, name))
            for fault in found
            if (fault.place, fault.choice) == (place, choice)
        ]

    def of(place, ways=()):
        return PlaceDraft(
            place=place,
            ways=[WayDraft(way, told(place.id, way.choice.id, way.choice.go)) for way in ways],
            faults=told(place.id, None, place.name),
        )

    return ScenarioDraft(
        scenario=scenario,
        drawing=draw(scenario),
        faults=told(None, None, ""),
        steps=[of(card.step, card.ways) for card in cards(scenario)],
        endings=[of(ending) for ending in scenario.endings],
    )


def _draft(request, pk):
    """Return the latest draft of a lesson that this person may edit."""
    page = get_object_or_404(LessonPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def _scenarios(draft):
    return [
        block.value.exercise(block.id) for block in draft.body if block.block_type == "scenario"
    ]


def keep_unsound_drafts(request, pages):
    """Answer a wish to publish lessons whose scenarios have something to mend: show what it is.

    The editor has told it already at the very choice; but there are other ways to publish than
    the editor. Returns None when all is well.
    """
    for page in pages:
        draft = page.get_latest_revision_as_object()
        if any(faults(scenario) for scenario in _scenarios(draft)):
            messages.warning(
                request,
                _(
                    "“%(title)s” is kept as a draft. "
                    "Its scenario has something to mend first, as you can see here."
                )
                % {"title": draft.get_admin_display_title()},
            )
            return redirect("lesson_scenarios", page.pk)
    return None


@require_GET
def lesson_scenarios(request, pk):
    """The scenarios of a lesson's latest draft, drawn, and told again in words."""
    draft = _draft(request, pk)
    edit = reverse("wagtailadmin_pages:edit", args=[pk])
    context = {
        "page": draft,
        "drafts": [scenario_draft(scenario) for scenario in _scenarios(draft)],
        "edit": edit,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit, "label": draft.get_admin_display_title()},
            {"url": "", "label": _("Scenarios")},
        ],
        "header_title": _("Scenarios"),
    }
    return TemplateResponse(request, "courses/cms/scenarios.html", context)


def _scenario(request, pk, block):
    """Return a draft that this person may edit, and the scenario in it that can be played."""
    draft = _draft(request, pk)
    scenario = next((each for each in _scenarios(draft) if each.id == str(block)), None)
    if scenario is None or not scenario.steps:
        raise Http404
    return draft, scenario


@require_GET
def scenario_h5p(request, pk, block):
    """A scenario as an H5P file, which any site that plays H5P packages can play."""
    draft, scenario = _scenario(request, pk, block)
    if faults(scenario):
        messages.warning(request, _("Mend what is listed here first. Then you can download it."))
        return redirect("lesson_scenarios", pk)
    file = TemporaryFile()  # noqa: SIM115  (the answer closes it)
    scenarios.write(scenario, draft.locale.language_code, file)
    file.seek(0)
    name = slugify(scenario.title) or "scenario"
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.h5p", content_type="application/zip"
    )


@require_GET
def play_draft(request, pk, block):
    """Play a scenario of a draft from any step. Nothing is kept of it."""
    draft, scenario = _scenario(request, pk, block)
    start, chosen = request.GET.get("start", ""), request.GET.getlist("chosen")
    here = play(scenario, chosen, start=start)
    made = [move.choice.id for move in here.moves]
    chosen_now = request.GET.get("choice", "")
    if chosen_now in {way.choice.id for way in here.ways}:
        here = play(scenario, [*made, chosen_now], start=start)
        move, made = here.moves[-1], [*made, chosen_now]
    else:
        move = None
    context = {
        "page": draft,
        "scenario": scenario,
        "start": start,
        "played": here,
        "move": move,
        "made": made,
        "onward": "?" + urlencode({"start": start, "chosen": made}, doseq=True),
        "afresh": "?" + urlencode({"start": start}),
        "nothing_chosen": "asked" in request.GET and move is None,
    }
    return render(request, "courses/cms/play_draft.html", context)
