"""Giving roles and ending them: what was done stays, and somebody always organises."""

import pytest
from django.db import IntegrityError, transaction

from courses.actions import catalogue, people
from courses.models import Cohort, Organisation, PlanSharing, Role, RoleKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_enrolment,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
    make_plan,
    make_role,
    share,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def riverside():
    return make_organisation("Riverside Peers")


@pytest.fixture
def oluchi(riverside):
    return make_organiser(riverside)


def held(person):
    return sorted(person.roles.in_force().values_list("kind", flat=True))


def end(role, by):
    return people.end_role(role=role, by=by, at=NOW)


def test_E4_one_person_holds_several_roles_and_each_once(riverside):
    maria = make_person("Maria")

    for kind in (RoleKind.OBSERVER, RoleKind.MENTOR, RoleKind.OBSERVER):
        make_role(maria, riverside, kind)

    assert held(maria) == ["mentor", "observer"]


def test_E4_a_role_is_held_in_one_organisation_and_not_in_another(riverside, oluchi):
    make_cohort(organisation=make_organisation("Elsewhere"))
    ours = make_cohort(organisation=riverside)

    assert list(Cohort.objects.organised_by(oluchi)) == [ours]
    assert list(Organisation.objects.organised_by(oluchi)) == [riverside]


def test_a_role_that_ends_stays_on_record_with_who_ended_it_and_when(riverside, oluchi):
    maria = make_person("Maria")
    role = make_role(maria, riverside, RoleKind.MENTOR)

    end(role, oluchi)

    kept = Role.objects.get(pk=role.pk)
    assert (kept.given_at, kept.ended_at, kept.ended_by) == (NOW, NOW, oluchi)
    assert held(maria) == []


def test_ending_a_role_twice_keeps_who_ended_it_first(riverside, oluchi):
    role = make_role(make_person("Maria"), riverside, RoleKind.MENTOR)
    end(role, oluchi)

    end(role, make_organiser(riverside, "Ben"))

    assert Role.objects.get(pk=role.pk).ended_by == oluchi


def test_a_role_can_be_given_again_and_both_times_stay(riverside, oluchi):
    maria = make_person("Maria")
    end(make_role(maria, riverside, RoleKind.MENTOR), oluchi)

    make_role(maria, riverside, RoleKind.MENTOR)

    assert held(maria) == ["mentor"]
    assert maria.roles.count() == 2


def test_the_database_keeps_a_role_from_being_held_twice_at_once(riverside):
    role = make_role(make_person("Maria"), riverside, RoleKind.MENTOR)

    with pytest.raises(IntegrityError, match="role"), transaction.atomic():
        Role.objects.create(
            person=role.person, organisation=riverside, kind=role.kind, given_at=NOW
        )


def test_the_only_organiser_stays_one(riverside, oluchi):
    with pytest.raises(people.LastOrganiser):
        end(oluchi.roles.get(), oluchi)

    assert held(oluchi) == ["organiser"]


def test_an_organiser_may_stop_once_there_is_another(riverside, oluchi):
    make_organiser(riverside, "Ben")

    end(oluchi.roles.get(), oluchi)

    assert held(oluchi) == []
    assert list(Cohort.objects.organised_by(oluchi)) == []


def test_an_organiser_elsewhere_does_not_count(riverside, oluchi):
    make_organiser(make_organisation("Elsewhere"), "Ben")

    with pytest.raises(people.LastOrganiser):
        end(oluchi.roles.get(), oluchi)


def test_who_writes_no_more_is_not_let_into_the_cms(riverside, oluchi):
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    tom = make_person("Tom Price")
    role = make_role(tom, riverside, RoleKind.PEER_EDUCATOR)
    was_let_in = tom.has_perm("wagtailadmin.access_admin")

    end(role, oluchi)

    tom = type(tom).objects.get(pk=tom.pk)
    assert (was_let_in, tom.has_perm("wagtailadmin.access_admin")) == (True, False)


def test_who_still_writes_elsewhere_is_let_into_the_cms(riverside, oluchi):
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    tom = make_person("Tom Price")
    role = make_role(tom, riverside, RoleKind.PEER_EDUCATOR)
    make_role(tom, make_organisation("Elsewhere"), RoleKind.PEER_EDUCATOR)

    end(role, oluchi)

    assert type(tom).objects.get(pk=tom.pk).has_perm("wagtailadmin.access_admin")


def test_B5_whose_mentor_role_ended_reads_nothing_that_was_shared_with_them():
    amina = make_enrolment()
    maria = make_mentor(amina)
    share(make_plan(amina), "mentor")
    before = PlanSharing.objects.with_mentor(maria).count()

    end(maria.roles.get(), make_organiser(amina.cohort.organisation))

    assert (before, PlanSharing.objects.with_mentor(maria).count()) == (1, 0)


def test_an_address_that_is_known_is_the_person_who_has_it(riverside):
    maria = make_person("Maria Lopez", "maria@example.org")

    found = people.person_at(email="Maria@Example.org", name="Somebody Else")

    assert (found, found.name) == (maria, "Maria Lopez")


def test_an_address_that_is_new_makes_a_person_who_has_no_password():
    made = people.person_at(email="maria@example.org", name="Maria Lopez")

    assert (made.name, made.email, made.has_usable_password()) == (
        "Maria Lopez",
        "maria@example.org",
        False,
    )
