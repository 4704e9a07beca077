"""What people say about themselves: kept under a random code, and taken back at any time."""

from django.db import transaction

from courses.models import AboutYouAnswers, AboutYouCode, AboutYouConsent, Enrolment
from courses.models.about_you import CONSENT


@transaction.atomic
def answer(*, enrolment, answers, on):
    """Keep what somebody says about themselves, in place of what they said before.

    `answers` is {field of AboutYouAnswers: what was said}. That they agreed, to which words and
    on which day, is kept beside it.
    """
    found = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if not AboutYouConsent.objects.filter(enrolment=found, withdrawn_on=None).exists():
        AboutYouConsent.objects.create(enrolment=found, version=CONSENT, given_on=on)
    own, _is_new = AboutYouCode.objects.get_or_create(enrolment=found)
    AboutYouAnswers.objects.update_or_create(
        code=own.code, defaults={**answers, "month": on.year * 100 + on.month}
    )


@transaction.atomic
def withdraw(*, enrolment, on):
    """Delete what somebody said about themselves, and the way to it. Twice is once.

    That they agreed once and no longer do stays; what they did in the course is not touched.
    """
    found = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    codes = AboutYouCode.objects.filter(enrolment=found)
    AboutYouAnswers.objects.filter(code__in=codes.values("code")).delete()
    codes.delete()
    given = AboutYouConsent.objects.filter(enrolment=found, withdrawn_on=None)
    given.update(withdrawn_on=on)


def answers_of(enrolment):
    """Return what somebody said about themselves, for that person's own page; None for nothing."""
    code = AboutYouCode.objects.filter(enrolment=enrolment).values("code")
    return AboutYouAnswers.objects.filter(code__in=code).first()
