"""How signing in differs from allauth's own way."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """People come in through a cohort's code, so there is no open sign-up page."""

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say nothing of one's own: our pages say it where it matters."""
