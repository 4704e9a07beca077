"""Who needs a second step to sign in, and whether they have passed it in this session.

Asked at the doors by `lms.middleware.second_step_door`. A passed step is kept in the session, so
it costs no query; whether somebody needs one is asked anew: a role may be given at any time.

It counts for a week. People stay signed in for longer, but whoever comes upon an open laptop of
theirs weeks later finds their own pages and nobody else's.
"""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from courses.models import Role, RoleKind
from lms import devices
from lms.models import SecondStepReset

PASSED = "second_step"
LASTS = timedelta(days=7)
# A page that was opened in time can still be sent: what was written on it is not lost.
LASTS_FOR_WHAT_IS_SENT = LASTS + timedelta(days=1)
# Who can see what others did, or change who does what.
ROLES = (RoleKind.ORGANISER, RoleKind.SAFEGUARDING_LEAD)


def is_needed_by(person):
    """Tell whether this person looks after others' records, or writes in the CMS. One query."""
    if person.is_superuser or person.is_staff:
        return True
    may_enter = Permission.objects.filter(
        codename="access_admin", content_type__app_label="wagtailadmin"
    )
    needs = (
        Q(groups__permissions__in=may_enter)
        | Q(user_permissions__in=may_enter)
        | Q(pk__in=Role.objects.in_force().filter(kind__in=ROLES).values("person"))
    )
    return get_user_model().objects.filter(needs, pk=person.pk).exists()


def is_passed(request):
    """Tell whether the person of this session has passed the second step in it, not long ago."""
    passed = request.session.get(PASSED)
    if not isinstance(passed, dict) or passed["by"] != request.user.pk:
        return False  # a session from before moments were kept has only a number
    lasts = LASTS if request.method in {"GET", "HEAD"} else LASTS_FOR_WHAT_IS_SENT
    return timezone.now() - datetime.fromisoformat(passed["at"]) < lasts


def remember(request, person):
    """Keep in the session that this person has passed the second step."""
    request.session[PASSED] = {"by": person.pk, "at": timezone.now().isoformat()}


def set_up(request):
    """Setting a second step up is passing it: they have just shown that they hold it."""
    record_authentication(request, request.user, "mfa")
    remember(request, request.user)


def forget(request):
    request.session.pop(PASSED, None)


def way_in(request):
    """Return where to pass the second step, or where to set it up when there is none yet."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    where = ways[0]["url"] if ways else reverse("mfa_index")
    return f"{where}?{urlencode({'next': request.get_full_path()})}"


@transaction.atomic
def reset(*, person, by, at, why):
    """Take somebody's second step away, and sign them out everywhere, so they begin anew."""
    SecondStepReset.objects.create(person=person, by=by, at=at, why=why)
    Authenticator.objects.filter(user=person).delete()
    devices.sign_out_everywhere(person)
