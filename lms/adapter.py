"""How signing in differs from allauth's own way: its doors, and its words."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# Said only when somebody asks for another code: the first time, the page itself says it.
SENT = "account/messages/login_code_sent.txt"


class AccountAdapter(DefaultAccountAdapter):
    """People come in through a cohort's code, so there is no open sign-up page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _(
            "This code does not fit. Look at the newest e-mail from us, and type its six figures."
        ),
        "too_many_login_attempts": _(
            "That was a few tries in a row, so we stopped to keep your account safe. "
            "Wait a few minutes, then ask for a new code."
        ),
        "rate_limited": _("That was very quick. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        """Pass on only what we worded ourselves: our pages say the rest where it matters."""
        if message:
            super().add_message(request, level, message=message)
        elif message_template == SENT and request.path == reverse("account_confirm_login_code"):
            super().add_message(request, messages.INFO, message_template, *args, **kwargs)
