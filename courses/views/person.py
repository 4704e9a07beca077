"""A person of a cohort on one page: where they stand, and what happened so far.

Their organiser sees it, and those who lead sessions of the group; the second see no check, no
outcome of a practice, no waiver and no message.
"""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from courses import board, board_words, timeline, timeline_words
from courses.agreements import asked, in_force
from courses.board import Cell
from courses.models import Cohort, Enrolment, PracticeTalk, Signature

MISSED = (Cell.AWAY, Cell.EXCUSED)


@login_required
@require_safe
def person(request, pk, enrolment):
    """Show where a person stands, and their way so far."""
    cohort = get_object_or_404(Cohort.objects.seen_by(request.user), pk=pk)
    found = get_object_or_404(
        Enrolment.objects.select_related("trainee", "mentor"),
        cohort=cohort,
        pk=enrolment,
        left_at=None,
    )
    found.cohort = cohort
    events = timeline.a_page(found, organised=cohort.organised, after=request.GET.get("after", ""))
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "enrolment": found,
        **where_they_stand(found, timezone.now(), in_full=cohort.organised),
        "practices": timeline.practices(found, organised=cohort.organised),
        "events": [(event, timeline_words.sentence(event)) for event in events.lines],
        "next_page": f"?{urlencode({'after': events.after})}#way" if events.after else "",
        **(_for_organisers(found) if cohort.organised else {}),
    }
    return render(request, "courses/organise/person.html", context)


def where_they_stand(enrolment, now, *, in_full):
    """What a page shows of where somebody stands, for those who may see it: never their words.

    The enrolment comes with its cohort and edition. `in_full` tells also of what being ready
    takes: that is not for those who lead the group.
    """
    cohort = enrolment.cohort
    seen = board.of_one(cohort, enrolment.pk, now)
    [row] = seen.rows
    return {
        "row": row,
        "line": board_words.line(row),
        "asked": board_words.asked_lines(row),
        "ready": board_words.ready(row, organised=in_full),
        "ready_asked": board_words.ready_lines(row, organised=in_full),
        "why": board_words.why(row),
        "sessions": _sessions(seen, row),
        "lessons": _lessons(cohort, row),
    }


def _sessions(seen, row):
    """Each counted session with its mark, and whether it can be caught up."""
    counted = [held.run for held in seen.held if held.run.counted]
    return [
        (run, board_words.DRAWN[cell][1], cell in MISSED)
        for run, cell in zip(counted, row.sessions, strict=True)
    ]


def _lessons(cohort, row):
    """Each session with its lessons and how far they are, in the order of the course."""
    cells = iter(row.lessons)
    return [
        (session, [(lesson, board_words.DRAWN[next(cells)][1]) for lesson in session.lessons])
        for session in cohort.edition.outline.sessions
        if session.lessons
    ]


def _for_organisers(enrolment):
    """What they have signed, and which talks are still to be held."""
    outline = enrolment.cohort.edition.outline
    signatures = Signature.objects.filter(enrolment=enrolment).defer("words")
    signed = in_force(signatures, enrolment.cohort.edition)
    return {
        "agreements": [
            (each.agreement.title, signed.get(each.agreement.id)) for each in asked(outline)
        ],
        "talks": PracticeTalk.objects.filter(enrolment=enrolment, held_at=None),
    }
