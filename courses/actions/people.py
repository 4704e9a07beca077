"""Giving people roles, ending them, and naming a trainee's peer mentor."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from courses.actions import trail
from courses.models import Changed, Enrolment, Organisation, Role, RoleKind

PEER_EDUCATORS = "Peer educators"


class NotAMentor(Exception):
    """The person is not a peer mentor in the organisation, or is the trainee."""


class LastOrganiser(Exception):
    """An organisation keeps at least one organiser: nobody else could name the next."""


@transaction.atomic
def give_role(*, person, organisation, kind, by, at, asks=False):
    """Give a person a role (twice is once). A peer educator is let into the CMS as well.

    With `asks`, the person is asked to take it on: until then they hold nothing.
    """
    role, _made = Role.objects.get_or_create(
        person=person,
        organisation=organisation,
        kind=kind,
        ended_at=None,
        defaults={"given_by": by, "given_at": at, "accepted_at": None if asks else at},
    )
    if not asks:
        _take_on(role, at)
    return role


def _take_on(role, at):
    if role.accepted_at is None:
        role.accepted_at = at
        role.save(update_fields=["accepted_at"])
    if role.kind == RoleKind.PEER_EDUCATOR:
        role.person.groups.add(Group.objects.get(name=PEER_EDUCATORS))


@transaction.atomic
def answer(*, role, takes_it_on, at):
    """Take on a role that one was asked to take on, or say no to it. Twice is once."""
    role = Role.objects.select_for_update().select_related("person").get(pk=role.pk)
    if role.ended_at or role.accepted_at:
        return
    if takes_it_on:
        _take_on(role, at)
    else:
        role.ended_by, role.ended_at = role.person, at
        role.save(update_fields=["ended_by", "ended_at"])


@transaction.atomic
def person_at(*, email, name):
    """Return the person who has this address; make them, by this name, when nobody has it."""
    people = get_user_model().objects
    return people.filter(email__iexact=email).first() or people.create_user(email, name=name)


@transaction.atomic
def end_role(*, role, by, at):
    """End a role from now on; twice is once. What was done in it stays. Raises LastOrganiser.

    Who writes in no other organisation is not let into the CMS any more.
    """
    Organisation.objects.select_for_update().get(pk=role.organisation_id)
    role.refresh_from_db()
    if role.ended_at:
        return role
    holds_it = role.accepted_at is not None
    if holds_it and role.kind == RoleKind.ORGANISER and not _others(role).exists():
        raise LastOrganiser
    role.ended_by, role.ended_at = by, at
    role.save(update_fields=["ended_by", "ended_at"])
    writes = role.person.roles.in_force().filter(kind=RoleKind.PEER_EDUCATOR)
    if role.kind == RoleKind.PEER_EDUCATOR and not writes.exists():
        role.person.groups.remove(*Group.objects.filter(name=PEER_EDUCATORS))
    return role


def _others(role):
    """Those who hold the same role in the same organisation, besides this one."""
    held = Role.objects.in_force().filter(organisation=role.organisation_id, kind=role.kind)
    return held.exclude(pk=role.pk)


@transaction.atomic
def name_mentor(*, enrolment, mentor, by=None, at=None):
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
    found = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    after = mentor.pk if mentor else None
    if found.mentor_id == after:
        return
    Enrolment.objects.filter(pk=enrolment.pk).update(mentor=mentor)
    columns = {"mentor": (found.mentor_id, after)}
    about = {"person": found.trainee, "enrolment": found, "columns": columns}
    trail.note(what=Changed.MENTOR, by=by, at=at, **about)
