"""What people say about themselves, where their organisation asks: answered, and taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.actions import about_you as actions
from courses.forms.about_you import AboutYouForm, as_said
from courses.views.scope import frame, own_enrolment


# What is sent while signed out is not kept for later, as it would lie beside a person's name.
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def about_you(request, pk):
    """Answer what I like about myself, change it, or take it back."""
    enrolment = own_enrolment(request, pk)
    is_asked = enrolment.cohort.organisation.asks_about_you
    found, today = actions.answers_of(enrolment), timezone.localdate()
    if not is_asked and found is None:
        raise Http404
    if request.POST.get("do") == "withdraw":
        actions.withdraw(enrolment=enrolment, on=today)
        messages.success(request, _("Your answers are deleted."))
        return redirect("about_you" if is_asked else "course", pk)
    form = AboutYouForm(request.POST or None, initial=as_said(found))
    if is_asked and form.is_valid():
        actions.answer(enrolment=enrolment, answers=form.answers, on=today)
        messages.success(request, _("Thank you. Your answers are kept, apart from your name."))
        return redirect("about_you", pk)
    context = {
        **frame(enrolment),
        "form": form,
        "found": found,
        "is_asked": is_asked,
        "small_number": enrolment.cohort.organisation.small_number,
    }
    return render(
        request, "courses/learning/about_you.html", context, status=422 if form.errors else 200
    )
