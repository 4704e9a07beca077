"""What follows when somebody signs in or out, and when their second step is passed or changes."""

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out

from lms import devices, second_step


def connect():
    user_logged_in.connect(on_signed_in, dispatch_uid="lms.devices.in")
    user_logged_out.connect(on_signed_out, dispatch_uid="lms.devices.out")
    signals.authenticator_used.connect(on_used, dispatch_uid="lms.second_step.used")
    signals.authenticator_removed.connect(on_removed, dispatch_uid="lms.second_step.removed")


def on_signed_in(request, user, **kwargs):
    devices.note(request, user)


def on_signed_out(request, user, **kwargs):
    if user:
        devices.forget(request)


def on_used(request, user, **kwargs):
    second_step.remember(request, user)


def on_removed(request, user, authenticator, **kwargs):
    """Where a way in is taken away it may be lost or stolen: no other session stays open."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    devices.sign_out_elsewhere(request)
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if not Authenticator.objects.filter(user=user, type__in=kinds).exists():
        second_step.forget(request)
