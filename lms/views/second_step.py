"""A person's second step: what they have, and whether they need one here."""

from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings

from lms import second_step


class Overview(IndexView):
    """What somebody has as a second step, and what they can add."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        person = self.request.user
        is_needed = settings.SECOND_STEP_REQUIRED and second_step.is_needed_by(person)
        return {**context, "is_needed": is_needed}


class AddApp(ActivateTOTPView):
    """An app that shows numbers, with the first number that it shows."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_step.set_up(self.request)
        return response


class AddPasskey(AddWebAuthnView):
    """A passkey, as the browser made it."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_step.set_up(self.request)
        return response


add_app = AddApp.as_view()
add_passkey = AddPasskey.as_view()
overview = Overview.as_view()
