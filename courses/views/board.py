"""The board of a cohort: whom to look at, in which order, and all of it as a file."""

import csv
from itertools import chain

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from courses import board, board_words, choosing, codes, workbook
from courses.choosing import Order, Who
from courses.models import Cohort, Edition
from courses.views.scope import organised_cohort

CALLS = 8  # as many as one has time for at once; the others are one link away


@login_required
@require_safe
def cohort(request, pk):
    """Show the board of a cohort."""
    newer = Edition.objects.filter(
        course=OuterRef("edition__course"), number__gt=OuterRef("edition__number")
    ).order_by("-number")
    seen = Cohort.objects.seen_by(request.user)
    seen = seen.annotate(newer=Subquery(newer.values("number")[:1]))
    cohort = get_object_or_404(seen, pk=pk)
    now = timezone.now()
    seen = board.load(cohort, now, reader=request.user)
    join = request.build_absolute_uri(reverse("join_cohort", args=[cohort.join_code]))
    sessions = [_session(held, cohort, request.user, now) for held in seen.held]
    due = [each["run"] for each in sessions if each["due"] and each["may_mark"]]
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "board": seen,
        "sentence": board_words.sentence(seen),
        "calls": [(row, board_words.why(row)) for row in seen.to_call[:CALLS]],
        "more_calls": len(seen.to_call[CALLS:]),
        "sessions": sessions,
        "due": due[-1] if due else None,
        "leads": any(_leads(request.user, each.run) for each in seen.held),
        "needs": seen.needs,
        "join_link": join,
        "join_code": codes.in_fours(cohort.join_code),
        **_looked_at(request, cohort, seen),
    }
    return render(request, "courses/organise/cohort.html", context)


def _looked_at(request, cohort, seen):
    """The people that were asked for: one page of them, and where the next one is."""
    who = choosing.read(Who, request.GET.get("who"), Who.EVERYONE)
    order = choosing.read(Order, request.GET.get("order"), Order.NAME)
    after = request.GET.get("after", "")
    found = choosing.chosen(seen.rows, who)
    page = choosing.a_page(found, order, after)
    asked = {"who": who.value, "order": order.value}
    return {
        "people": [
            (row, board_words.line(row), cells)
            for row, cells in board_words.drawn(page.lines, organised=cohort.organised)
        ],
        "found": len(found),
        "found_said": board_words.found_said(len(found), len(seen.rows)),
        "who": who,
        "order": order,
        "whos": board_words.WHOS.items(),
        "orders": board_words.ORDERS.items(),
        "next_page": f"?{urlencode({**asked, 'after': page.after})}#board" if page.after else "",
        "first_page": f"?{urlencode(asked)}#board" if after else "",
    }


def _session(held, cohort, person, now):
    """What the list of sessions shows of one."""
    run = held.run
    return {
        "run": run,
        "pair": board_words.pair(run),
        "marked": board_words.counts_said(held.counts, held.people) if held.marked else "",
        "due": not run.cancelled_at and held.people > held.marked and run.starts_at <= now,
        "may_mark": not run.cancelled_at and (cohort.organised or _leads(person, run)),
    }


def _leads(person, run):
    return person.pk in (run.facilitator_id, run.co_facilitator_id)


# --- The board as a file -----------------------------------------------------------------------


def _named(cohort, ending):
    """What a browser keeps the file as."""
    name = slugify(cohort.name, allow_unicode=True) or "board"
    return content_disposition_header(True, f"{name}.{ending}")


@login_required
@require_safe
def as_csv(request, pk):
    """Send the board as a file, piece by piece, so that memory stays flat."""
    cohort = organised_cohort(request, pk)
    response = StreamingHttpResponse(
        _csv(cohort, timezone.now()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = _named(cohort, "csv")
    return response


def _csv(cohort, now, size=board.CHUNK):
    """Yield the file in pieces of so many people, after the mark by which Excel knows UTF-8.

    The mark goes out before anybody is read, so that the download begins at once.
    """
    writer = csv.writer(_Passing())
    yield "\ufeff"
    for lines in _pieces(cohort, now, size):
        yield "".join(writer.writerow(map(not_a_formula, line)) for line in lines)


def _pieces(cohort, now, size):
    """Yield the lines of the file, head first, in pieces of so many people."""
    for number, piece in enumerate(board.in_chunks(cohort, now, size)):
        head = [] if number else [board_words.csv_head(piece)]
        yield chain(head, board_words.csv_lines(piece))


class _Passing:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def not_a_formula(cell):
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@login_required
@require_safe
def as_xlsx(request, pk):
    """Send the board as a workbook, piece by piece, so that memory stays flat."""
    cohort = organised_cohort(request, pk)
    response = StreamingHttpResponse(_xlsx(cohort, timezone.now()), content_type=workbook.TYPE)
    response["Content-Disposition"] = _named(cohort, "xlsx")
    return response


def _xlsx(cohort, now, size=board.CHUNK):
    """Yield the workbook in pieces of so many people. It begins before anybody is read."""
    return workbook.pieces(_pieces(cohort, now, size))
