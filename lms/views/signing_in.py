"""Coming in: what was written while signed out, and the demo's one-use links."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import urls as learner_urls
from courses.models import (
    Cohort,
    DeliveredGroup,
    Enrolment,
    Message,
    Organisation,
    Practice,
    Role,
    RoleKind,
    SessionRun,
)
from courses.models.support import supported_by
from courses.readiness import CRITERIA
from courses.views.scope import KEPT, own_organisation


class ConfirmCode(ConfirmLoginCodeView):
    """allauth's page for the code; when a code is too old it says so, and keeps the way on."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", response) is None:
            messages.info(request, _("That code is too old now. Ask for a new one here."))
            return redirect(self.passthrough_next_url(reverse("account_login")))
        return response

    def post(self, request, *args, **kwargs):
        """Count tries at an address, known or not: who begins again elsewhere is counted too."""
        address = self.stage.state.get("email", "")
        if "code" in request.POST and not ratelimit.consume(
            request, action="try_login_code", key=address
        ):
            self._process.abort()
            messages.warning(request, get_adapter().error_messages["too_many_login_attempts"])
            return redirect(self.passthrough_next_url(reverse("account_login")))
        return super().post(request, *args, **kwargs)


class DemoTokens(PasswordResetTokenGenerator):
    """Tokens that die when they are used: they are made from the time of the last sign-in."""

    key_salt = "lms.demo-link"


demo_tokens = DemoTokens()


@require_http_methods(["GET", "POST"])
def demo_link(request, person, token):
    """Sign a demo person in, once. Only the demo has this address at all.

    Opening the link shows a button first: programs that look into messages open links as well.
    """
    if not settings.DEMO:
        raise Http404
    found = get_user_model().objects.filter(pk=person).first()
    if found is None or not demo_tokens.check_token(found, token):
        return render(request, "lms/demo_link_used.html", status=410)
    if request.method == "GET":
        return render(request, "lms/demo_link.html", {"person": found})
    return perform_login(request, Login(user=found))


@require_http_methods(["GET", "POST"])
@login_required
def kept(request):
    """Give back what somebody wrote while they were signed out, ready to be kept."""
    waiting = request.session.get(KEPT)
    if request.method == "POST":
        request.session.pop(KEPT, None)
        return redirect("learning")
    if waiting is None or not _is_own(request.user, waiting["path"]):
        request.session.pop(KEPT, None)
        return redirect("learning")
    hidden = [(name, value) for name, values in waiting["sent"].items() for value in values]
    context = {
        "path": waiting["path"],
        "hidden": hidden,
        "shown": [value for name, value in hidden if name in WORDS and value],
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/kept.html", context)


def _is_own(person, path):
    """Tell whether the page that was being written belongs to the person who signed in."""
    try:
        page = resolve(path)
    except Resolver404:
        return False
    return page.url_name in WHOSE and WHOSE[page.url_name](person, **page.kwargs).exists()


def _of_a_trainee(person, pk, **_place):
    return Enrolment.objects.of(person).filter(pk=pk)


def _to_mark(person, pk, run_pk, **_place):
    return SessionRun.objects.marked_by(person).filter(cohort=pk, pk=run_pk)


def _to_observe(person, practice):
    return Practice.objects.to_observe(person).filter(pk=practice)


def _seen_by_observer(person, practice):
    return Practice.objects.seen_by_observer(person).filter(pk=practice)


def _observed_in(person, organisation, sample):
    observed_in = Role.objects.held(person, RoleKind.OBSERVER)
    return Organisation.objects.filter(pk__in=observed_in).filter(pk=organisation)


def _organised(person, pk, **_place):
    return Cohort.objects.organised_by(person).filter(pk=pk)


def _own_organisation(person, pk, **_place):
    return Organisation.objects.organised_by(person).filter(pk=pk)


def _in_own_group(person, pk, enrolment_pk):
    organised = Cohort.objects.organised_by(person)
    return Enrolment.objects.filter(cohort__in=organised, cohort=pk, pk=enrolment_pk)


def _in_seen_group(person, pk, enrolment_pk):
    seen = Cohort.objects.seen_by(person).filter(pk=pk)
    return Enrolment.objects.filter(cohort__in=seen.values("pk"), pk=enrolment_pk)


def _to_check(person, pk, run_pk):
    return SessionRun.objects.checked_by(person).filter(cohort=pk, pk=run_pk)


def _to_watch(person, pk):
    return DeliveredGroup.objects.checked_by(person).filter(pk=pk)


def _to_write(person, pk, **_place):
    return DeliveredGroup.objects.written_by(person).filter(pk=pk)


# Whose what is sent to an address is. What is not named here is given back to nobody.
WHOSE = {
    **{page.name: _of_a_trainee for page in learner_urls.urlpatterns},
    "cohort_new": Organisation.objects.organised_by,
    **dict.fromkeys(
        [
            "contacts",
            "group_begin",
            "measure_change",
            "measures",
            "organisation_settings",
            "roles",
        ],
        _own_organisation,
    ),
    **dict.fromkeys(
        [
            "cohort_change",
            "cohort_people",
            "invitations",
            "practice_book_for",
            "practice_correct",
            "practice_plan",
            "practice_slot",
            "session_cancel",
            "session_run",
        ],
        _organised,
    ),
    "group_agreement_edit": lambda person, pk: Cohort.objects.seen_by(person).filter(pk=pk),
    "person_forget": _in_own_group,
    "person_ready": _in_own_group,
    "person_note": _in_seen_group,
    "message": lambda person, pk: Message.objects.organised_by(person).filter(pk=pk),
    **dict.fromkeys(["activities", "attendance", "catch_up"], _to_mark),
    "fidelity": _to_check,
    "delivered_session": _to_write,
    "delivered_checklist": _to_watch,
    "support_contact": lambda person, enrolment: supported_by(person).filter(pk=enrolment),
    "observe_practice": _to_observe,
    "observe_correct": _seen_by_observer,
    "calibration_sample": _observed_in,
}
# The fields in which people write, to be read back.
WORDS = {"text", "what", "how_much", "when", "how_often", "note", "name", "lines", "label"}
WORDS |= {
    "activity",
    "went_well",
    "next_time",
    "next_step",
    "reason",
    "instead",
    "list",
    "place",
    "own_words",
    "questions",
    "title",
    "why",
}
WORDS |= {f"evidence_{code}" for code in CRITERIA}
