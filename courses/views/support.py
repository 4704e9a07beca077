"""Contacts with those who are ready to co-facilitate: who is due for one, and writing one down."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import board, groups_led, led_words
from courses.actions import support as actions
from courses.actions.support import TooEarly
from courses.forms.support import ContactForm
from courses.models import Enrolment, MilestoneKind, Organisation
from courses.models.support import supported_by
from courses.support import opens
from courses.views.scope import keeps_what_was_written, organised_place


@login_required
@require_safe
def due(request, pk):
    """Who would be glad of a call now, and everybody else who is ready; by the alphabet."""
    organisation = organised_place(request, pk)
    mine = Enrolment.objects.filter(
        cohort__organisation=organisation, milestones__kind=MilestoneKind.READY, left_at=None
    )
    found = groups_led.supported(mine, timezone.localdate())
    order = {each.pk: n for n, each in enumerate(board.in_order(e.enrolment for e in found))}
    people = [
        (each.enrolment, each.asked_for, led_words.contacts_said(each.several))
        for each in sorted(found, key=lambda each: order[each.enrolment.pk])
    ]
    context = {
        "organisation": organisation,
        "due": [
            (enrolment, [line for line in lines if line[2]])
            for enrolment, asked_for, lines in people
            if asked_for
        ],
        "others": [(each, lines) for each, asked_for, lines in people if not asked_for],
    }
    return render(request, "courses/organise/support.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def contact(request, enrolment):
    """Write down a contact with somebody whom one mentors, or whose groups one organises."""
    found = get_object_or_404(supported_by(request.user), pk=enrolment)
    today = timezone.localdate()
    [each] = groups_led.supported(Enrolment.objects.filter(pk=found.pk), today)
    months = [
        (n, led_words.CONTACTS[n]) for n in led_words.CONTACTS if opens(each.ready_on, n) <= today
    ]
    asked = each.asked_for
    form = ContactForm(
        request.POST or None,
        months=months,
        initial={"key": uuid.uuid4(), "day": today, "month": asked and asked.month},
    )
    if form.is_valid():
        try:
            actions.write_contact(
                enrolment=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except TooEarly as early:
            form.add_error("day", str(early))
        else:
            messages.success(request, _("Written down. Thank you for being in touch."))
            return redirect("support_contact", enrolment)
    context = {
        "organisation": each.enrolment.cohort.organisation,
        "enrolment": each.enrolment,
        "organised": Organisation.objects.organised_by(request.user)
        .filter(pk=each.enrolment.cohort.organisation_id)
        .exists(),
        "ready_on": each.ready_on,
        "lines": led_words.contacts_said(each.several),
        "contacts": each.contacts,
        "months": months,
        "form": form,
    }
    return render(
        request, "courses/groups/support_contact.html", context, status=422 if form.errors else 200
    )
