"""Giving people roles."""

from django.contrib.auth.models import Group
from django.db import transaction

from courses.models import Role, RoleKind

PEER_EDUCATORS = "Peer educators"


@transaction.atomic
def give_role(*, person, organisation, kind, by, at):
    """Give a person a role (twice is once). A peer educator is let into the CMS as well."""
    role, _made = Role.objects.get_or_create(
        person=person,
        organisation=organisation,
        kind=kind,
        defaults={"given_by": by, "given_at": at},
    )
    if kind == RoleKind.PEER_EDUCATOR:
        person.groups.add(Group.objects.get(name=PEER_EDUCATORS))
    return role
