"""Writing down who opened what is kept about whom."""

from django.db.models import Case, Exists, Value, When

from courses.models import Look, LookRole, Role, RoleKind


def note(
    *,
    by,
    what,
    day,
    as_role=None,
    organisation=None,
    otherwise=LookRole.FACILITATOR,
    person=None,
    cohort=None,
):
    """Write that somebody looked at a person or a cohort, in one statement. Twice a day is once.

    `person`, `cohort` and `organisation` may be expressions that the database works out. Where no
    `as_role` is given it is organiser for the organisation's organisers, and for all others
    `otherwise`.
    """
    Look.objects.bulk_create(
        [
            Look(
                person_id=person,
                cohort_id=cohort,
                by=by,
                as_role=as_role or _role(by, organisation, otherwise),
                what=what,
                day=day,
            )
        ],
        ignore_conflicts=True,
    )


def _role(by, organisation, otherwise):
    organises = Role.objects.in_force().filter(
        person=by, kind=RoleKind.ORGANISER, organisation=organisation
    )
    return Case(
        When(Exists(organises), then=Value(LookRole.ORGANISER)),
        default=Value(otherwise),
    )
