"""Signing in and out. allauth has many more screens; these are the ones that people need."""

from allauth.account.views import AccountInactiveView, LogoutView, RequestLoginCodeView
from django.urls import path

from lms.views.signing_in import ConfirmCode

sign_in = RequestLoginCodeView.as_view()

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="account_request_login_code"),
    path("sign-in/code/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("closed/", AccountInactiveView.as_view(), name="account_inactive"),
]
