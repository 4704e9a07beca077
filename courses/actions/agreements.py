"""What a group agrees on, and a trainee's name under an agreement. Added, never changed."""

from django.db import transaction

from content.wording import fingerprint, text_of
from courses.actions.keys import key_for
from courses.actions.milestones import settle_ready
from courses.models import Enrolment, GroupAgreement, Signature


@transaction.atomic
def make_group_agreement(*, cohort, lines, key, by, at):
    """Write down what a group agreed on. It takes the place of what was there; twice is once."""
    own_key = key_for(key, lines)
    GroupAgreement.objects.bulk_create(
        [GroupAgreement(cohort=cohort, lines=lines, key=own_key, made_by=by, made_at=at)],
        ignore_conflicts=True,
    )
    return GroupAgreement.objects.get(cohort=cohort, key=own_key)


@transaction.atomic
def sign(*, enrolment, lesson, agreement, name, key, at):
    """Keep a trainee's name under the words of a content.exercises.Agreement, and those words.

    The same words are signed once: what is sent again returns the first signature.
    """
    said = fingerprint(agreement)
    Signature.objects.bulk_create(
        [
            Signature(
                enrolment=enrolment,
                lesson=lesson.key,
                exercise=agreement.id,
                which=agreement.which,
                revision=lesson.revision,
                title=agreement.title,
                words=text_of(agreement),
                fingerprint=said,
                name=name,
                key=key,
                at=at,
            )
        ],
        ignore_conflicts=True,
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
    settle_ready(enrolment=enrolment, at=at)
    return Signature.objects.get(enrolment=enrolment, exercise=agreement.id, fingerprint=said)
