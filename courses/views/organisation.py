"""An organisation's own page: who people turn to when they are worried."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.forms.organisation import ContactsForm
from courses.models import Organisation
from courses.views.scope import keeps_what_was_written


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def contacts(request, pk):
    """Change the “Worried about someone?” contacts."""
    organisation = get_object_or_404(Organisation.objects.organised_by(request.user), pk=pk)
    form = ContactsForm(request.POST or None, instance=organisation)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. Everyone in your groups sees these contacts now."))
        return redirect("contacts", pk)
    if form.errors:
        organisation.refresh_from_db()  # the panel beside the form shows what is kept
    context = {"organises": True, "organisation": organisation, "form": form}
    return render(
        request, "courses/organise/contacts.html", context, status=422 if form.errors else 200
    )
