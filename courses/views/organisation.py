"""An organisation's own pages: who people turn to when they are worried, and when it is closed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import organisation as actions
from courses.closed_days import public_holidays
from courses.forms.organisation import ClosedDaysForm, ContactsForm, SettingsForm
from courses.views.scope import keeps_what_was_written, organised_place


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def contacts(request, pk):
    """Change the “Worried about someone?” contacts."""
    organisation = organised_place(request, pk)
    form = ContactsForm(request.POST or None, instance=organisation)
    if form.is_valid():
        actions.change_contacts(
            organisation=organisation,
            by=request.user,
            at=timezone.now(),
            **{name: form.cleaned_data[name] for name in form.fields},
        )
        messages.success(request, _("Saved. Everyone in your groups sees these contacts now."))
        return redirect("contacts", pk)
    if form.errors:
        organisation.refresh_from_db()  # the panel beside the form shows what is kept
    context = {"organises": True, "organisation": organisation, "form": form}
    return render(
        request, "courses/organise/contacts.html", context, status=422 if form.errors else 200
    )


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def settings(request, pk):
    """Change holidays, closed days, quiet hours and the smallest number that reports show."""
    organisation = organised_place(request, pk)
    asked = request.POST.get("do", "")
    form = SettingsForm(request.POST if asked == "settings" else None, instance=organisation)
    closing = ClosedDaysForm(request.POST if asked == "close" else None, prefix="closed")
    said = _settled(asked, request, organisation, form, closing)
    if said:
        messages.success(request, said)
        return redirect("organisation_settings", pk)
    if form.errors:
        organisation.refresh_from_db()
    today = timezone.localdate()
    holidays = public_holidays(organisation.holidays_of, [today.year, today.year + 1])
    context = {
        "organises": True,
        "organisation": organisation,
        "form": form,
        "closing": closing,
        "closed": organisation.closed_days.filter(last_day__gte=today),
        "holidays": [day for day in sorted(holidays.items()) if day[0] >= today][:10],
    }
    is_amiss = form.errors or closing.errors
    return render(
        request, "courses/organise/settings.html", context, status=422 if is_amiss else 200
    )


def _settled(asked, request, organisation, form, closing):
    """Do what was asked for, and return what to say of it; None when nothing was done."""
    by = {"by": request.user, "at": timezone.now()}
    if asked == "settings" and form.is_valid():
        actions.change_settings(organisation=organisation, **by, **form.cleaned_data)
        return _("Saved. Groups that are planned keep their days.")
    if asked == "close" and closing.is_valid():
        actions.add_closed_days(organisation=organisation, **by, **closing.cleaned_data)
        return _("Saved. New groups are planned around these days.")
    if asked.startswith("open-") and asked[5:].isdecimal() and asked.isascii() and len(asked) < 20:
        own = organisation.closed_days.filter(pk=asked[5:]).first()
        if own:
            actions.remove_closed_days(closed_days=own.pk, **by)
        return _("Taken off the list.")
    return None
