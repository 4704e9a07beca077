"""Warning people who do not come back, and forgetting those who still do not."""

from datetime import datetime, time, timedelta
from itertools import islice

from django.contrib.auth import get_user_model
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from certificates.models import Certificate
from courses.actions import outbox
from courses.dates import after_months
from courses.models import Enrolment, Message, MessageKind, Organisation, Role
from lms.actions import erasing
from lms.models import Erasure
from lms.privacy.retention import WARNINGS, Step, due, names_go_on

AT_ONCE = 100


def keep_no_longer(*, at):
    """Warn, and forget, whoever that is due for today. Return (warned, forgotten).

    Who holds a role is not forgotten by itself, nor is who has no address and cannot be warned:
    their organiser decides. Nobody who asked to be forgotten is warned: that happens anyway.
    """
    today, warned, forgotten = timezone.localdate(at), 0, 0
    shortest = min(Organisation.objects.values_list("retention_months", flat=True), default=None)
    if shortest is None:
        return 0, 0
    found = _quiet(today, shortest).iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        kept_for, said = _months(some), _warnings(some)
        for person in some:
            last_active = timezone.localdate(person.last_here)
            first, last = (said.get((person.pk, days)) for days in WARNINGS)
            organisation = kept_for.get(person.pk)
            if organisation is None:
                continue
            step = due(last_active, today, organisation.retention_months, first, last)
            if step.step in (Step.WARN_FIRST, Step.WARN_LAST):
                warned += _warn(person, step, organisation, last_active, at)
            elif step.step is Step.FORGET:
                _forget(person, organisation, today, at)
                forgotten += 1
    if forgotten:
        erasing.leave_no_trace()
    return warned, forgotten


def _quiet(today, months):
    """People for whom something could be due: without a role, and not here for long."""
    day = after_months(today, -months) + timedelta(days=max(WARNINGS) + 3)  # months differ
    edge = timezone.make_aware(datetime.combine(day, time.min))
    people = get_user_model().objects.filter(is_active=True, is_superuser=False, is_staff=False)
    return (
        people.annotate(
            learned=Max("enrolments__last_active_at"), joined=Max("enrolments__joined_at")
        )
        .annotate(
            last_here=Greatest(
                "date_joined",
                Coalesce("last_login", "date_joined"),
                Coalesce("learned", "date_joined"),
                Coalesce("joined", "date_joined"),
            )
        )
        .filter(~Exists(Role.objects.in_force().filter(person=OuterRef("pk"))))
        .filter(~Exists(Erasure.objects.open().filter(person=OuterRef("pk"))))
        .filter(last_here__lt=edge, email__isnull=False)
        .order_by("pk")
    )


def _months(people):
    """Return {person: the organisation of theirs that keeps them longest}."""
    found = {}
    taken = Enrolment.objects.filter(trainee__in=people).select_related("cohort__organisation")
    for enrolment in taken.order_by("cohort__organisation__retention_months"):
        found[enrolment.trainee_id] = enrolment.cohort.organisation
    return found


def _warnings(people):
    """Return {(person, days before): the day of the latest such warning}.

    What still waits in the outbox has warned nobody yet. What no mail server takes never will.
    """
    sent = Message.objects.filter(kind=MessageKind.NOT_HEARD, person__in=people)
    sent = sent.exclude(sent_at=None, given_up_at=None)
    said = {}
    for key, made_at in sent.order_by("pk").values_list("key", "made_at"):
        _kind, person, days, _since = key.split(":")
        said[int(person), int(days)] = timezone.localdate(made_at)
    return said


def _warn(person, step, organisation, last_active, at):
    days = WARNINGS[0] if step.step is Step.WARN_FIRST else WARNINGS[1]
    return outbox.write_new(
        [
            {
                "kind": MessageKind.NOT_HEARD,
                "key": f"not_heard:{person.pk}:{days}:{last_active}",
                "at": at,
                "person": person,
                "organisation": organisation,
                "goes_on": step.goes_on,
            }
        ]
    )


def _forget(person, organisation, today, at):
    """Their name stays on their certificates for some years, so that these can be checked."""
    issued = Certificate.objects.filter(holder=person).aggregate(last=Max("issued_at"))["last"]
    day = names_go_on(issued and timezone.localdate(issued), today, organisation.certificate_years)
    erasing.erase(
        person=person, at=at, by=None, keeps_certificates=day is not None, names_go_on=day
    )
