"""Lists of groups led after training, for who leads them and for organisers; beginning one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import groups_led, led_words
from courses.actions import delivered as actions
from courses.actions.delivered import CannotLead
from courses.board import alphabetical, by_name
from courses.delivered import active_until
from courses.forms.delivered import BeginForm
from courses.models import DeliveredGroup, Enrolment
from courses.views.scope import keeps_what_was_written, organised_place, own_organisation

# --- Lists -------------------------------------------------------------------------------------


@login_required
@require_safe
def groups_i_lead(request):
    """The groups that somebody leads, until when they are active, and who calls them when."""
    if not groups_led.leads(request.user):
        raise Http404
    today = timezone.localdate()
    groups = list(DeliveredGroup.objects.led_by(request.user).with_people())
    last_days = [day for _group, day in groups_led.series_led_by(request.user)]
    mine = Enrolment.objects.of(request.user)
    context = {
        **_sorted(groups, groups_led.series_in(groups)),
        "organisation": groups[-1].organisation if groups else own_organisation(request.user),
        "active": led_words.active_said(active_until(last_days), today),
        "contacts": [
            (each.enrolment, led_words.contacts_said(each.several))
            for each in groups_led.supported(mine, today)
        ],
    }
    return render(request, "courses/groups/mine.html", context)


@login_required
@require_safe
def organisation_groups(request, pk):
    """The groups that an organisation's facilitators lead."""
    organisation = organised_place(request, pk)
    groups = list(DeliveredGroup.objects.filter(organisation=organisation).with_people())
    series = groups_led.series_in(groups)
    last_days = groups_led.last_days_of(series.values())
    people, today = list(groups_led.ready_people(organisation)), timezone.localdate()
    context = {
        "organisation": organisation,
        "can_begin": bool(people),
        **_sorted(groups, series),
        "people": [
            (each, led_words.is_active_said(active_until(last_days.get(each.pk, ())), today))
            for each in sorted(people, key=by_name)
        ],
    }
    return render(request, "courses/organise/groups_led.html", context)


def _sorted(groups, series):
    """Return groups that go on and earlier ones, by the alphabet, with their words."""
    found = sorted(groups, key=lambda each: (alphabetical(each.label), each.pk))
    running, earlier = [], []
    for group in found:
        each, ended = series[group.pk], hasattr(group, "end")
        line = (group, each, led_words.sentence(each, has_ended=ended), led_words.pair_of(group))
        (earlier if ended or each.counts else running).append(line)
    return {"running": running, "earlier": earlier}


# --- Beginning one -----------------------------------------------------------------------------


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def begin(request, pk):
    """Begin a group: who leads it, and how often it meets."""
    organisation = organised_place(request, pk)
    people = groups_led.ready_people(organisation)
    form = BeginForm(request.POST or None, people=people, initial={"key": uuid.uuid4()})
    if form.is_valid():
        try:
            group = actions.begin(
                organisation=organisation,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except CannotLead as cannot:
            form.add_error("facilitator", str(cannot))
        else:
            messages.success(request, _("%(name)s is written down.") % {"name": group.label})
            return redirect("delivered_group", group.pk)
    context = {"organisation": organisation, "form": form, "can_begin": people.exists()}
    return render(
        request, "courses/organise/group_begin.html", context, status=422 if form.errors else 200
    )
