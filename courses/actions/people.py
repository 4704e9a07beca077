"""Giving people roles, and trainees a peer mentor."""

from django.contrib.auth.models import Group
from django.db import transaction

from courses.models import Enrolment, Role, RoleKind

PEER_EDUCATORS = "Peer educators"


class NotAMentor(Exception):
    """The person is not a peer mentor in the organisation, or is the trainee."""


@transaction.atomic
def give_role(*, person, organisation, kind, by, at):
    """Give a person a role (twice is once). A peer educator is let into the CMS as well."""
    role, _made = Role.objects.get_or_create(
        person=person,
        organisation=organisation,
        kind=kind,
        ended_at=None,
        defaults={"given_by": by, "given_at": at},
    )
    if kind == RoleKind.PEER_EDUCATOR:
        person.groups.add(Group.objects.get(name=PEER_EDUCATORS))
    return role


@transaction.atomic
def name_mentor(*, enrolment, mentor):
    """Give a trainee a peer mentor, another one, or (with None) none.

    Whoever comes after an earlier mentor reads nothing that was shared with that one. Raises
    NotAMentor when the person does not mentor in this organisation.
    """
    if mentor is not None:
        roles = mentor.roles.in_force().filter(
            organisation=enrolment.cohort.organisation_id, kind=RoleKind.MENTOR
        )
        if mentor.pk == enrolment.trainee_id or not roles.exists():
            raise NotAMentor
    Enrolment.objects.filter(pk=enrolment.pk).update(mentor=mentor)
