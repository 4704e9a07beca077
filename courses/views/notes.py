"""A note to one person, by those who look after their group: chosen, looked at, sent."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import outbox
from courses.actions.keys import key_for
from courses.forms.notes import NoteForm
from courses.models import Cohort, MessageKind
from courses.views.scope import keeps_what_was_written


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def note(request, pk, enrolment_pk):
    """Write to one person. What is shown before it goes is, word for word, what they get."""
    cohort = get_object_or_404(Cohort.objects.seen_by(request.user), pk=pk)
    enrolment = get_object_or_404(
        cohort.enrolments.not_left().select_related("trainee"), pk=enrolment_pk
    )
    act = request.POST.get("act", "")
    form = NoteForm(request.POST or None, initial={"key": uuid.uuid4(), "ready": "how"})
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "person": enrolment.trainee,
        "form": form,
    }
    if request.method == "POST" and not enrolment.trainee.email:
        return render(request, "courses/organise/note.html", context, status=422)
    if act == "change":
        context["form"] = NoteForm(initial=request.POST.dict())
    elif form.is_valid():
        letter = _letter(form, request.user, enrolment.trainee, cohort)
        if act == "send":
            return _send(request, form, letter, enrolment)
        context |= {"letter": _as_it_goes(letter)}
        return render(request, "courses/organise/note_look.html", context)
    status = 422 if context["form"].errors else 200
    return render(request, "courses/organise/note.html", context, status=status)


def _letter(form, by, person, cohort):
    """The note as the outbox takes it, in the language of its reader if we know it."""
    language = person.language or translation.get_language()
    with translation.override(language):
        words = form.words()
    return {
        "kind": MessageKind.NOTE,
        "person": person,
        "organisation": cohort.organisation,
        "by": by,
        "language": language,
        "note": words,
    }


def _as_it_goes(letter):
    subject, text = outbox.drawn(**letter)
    return {
        "from": outbox.from_name(letter["by"], letter["organisation"]),
        "to": letter["person"].email,
        "reply_to": letter["by"].email,
        "subject": subject,
        "text": text,
    }


def _send(request, form, letter, enrolment):
    """Put it into the outbox. The same page sent twice is one note; other words are another."""
    said = form.cleaned_data
    outbox.write(
        key=f"note:{enrolment.pk}:{key_for(said['key'], said['ready'], said['note'])}",
        at=timezone.now(),
        cohort=enrolment.cohort,
        **letter,
    )
    name = enrolment.trainee.name
    messages.success(request, _("Your note to %(name)s is on its way.") % {"name": name})
    return redirect("cohort", enrolment.cohort_id)
