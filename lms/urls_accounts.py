"""Signing in and out. allauth has many more screens; these are the ones that people need."""

from allauth.account.views import AccountInactiveView, LogoutView, RequestLoginCodeView
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.cache import never_cache

from lms.views import second_step
from lms.views.signing_in import ConfirmCode

sign_in = RequestLoginCodeView.as_view()


def _private(route, view, name):
    """A page that holds keys or codes: nothing on the way keeps a copy."""
    return path(f"second-step/{route}", never_cache(view), name=name)


urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="account_request_login_code"),
    path("sign-in/code/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", steps.authenticate, name="mfa_authenticate"),
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("closed/", AccountInactiveView.as_view(), name="account_inactive"),
    _private("", second_step.overview, "mfa_index"),
    _private("again/", steps.reauthenticate, "mfa_reauthenticate"),
    _private("again/passkey/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _private("app/", second_step.add_app, "mfa_activate_totp"),
    _private("app/remove/", app.deactivate_totp, "mfa_deactivate_totp"),
    _private("spare-codes/", spare.view_recovery_codes, "mfa_view_recovery_codes"),
    _private("spare-codes/new/", spare.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _private("spare-codes/file/", spare.download_recovery_codes, "mfa_download_recovery_codes"),
    _private("passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _private("passkeys/add/", second_step.add_passkey, "mfa_add_webauthn"),
    _private("passkeys/<int:pk>/name/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    _private("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
]
