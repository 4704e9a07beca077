"""A peer educator sees pages, pictures and files. No address of the CMS names anybody else."""

import json
import re

import pytest
from django.urls import URLResolver, get_resolver, reverse

from courses.actions import catalogue, editions
from courses.models import RoleKind
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
    make_session,
)
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db
PEOPLE = ["Amina Yusuf", "Oluchi Organiser", "Fatima First", "amina@example.org"]


def addresses(patterns, before=""):
    """Every address below `before` that takes no part of its own."""
    for each in patterns:
        part = before + str(each.pattern).removeprefix("^").removesuffix("$").replace(r"\Z", "")
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, part)
        elif not re.search(r"[<(*]", part):
            yield f"/{part}"


CMS = sorted(
    {each for each in addresses(get_resolver().url_patterns) if each.startswith("/cms/")}
    - {"/cms/logout/", "/cms/failwhale/", "/cms/test404/"}
)


@pytest.fixture
def tom():
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    place = make_organisation()
    tom = make_person("Tom Price")
    make_role(tom, place, RoleKind.PEER_EDUCATOR)
    make_organiser(place)
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1))
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW), place)
    amina = make_enrolment(cohort, make_person("Amina Yusuf", "amina@example.org"))
    attend(amina, 1)
    make_version(by=tom)
    finish_all_lessons(amina)
    return tom


def test_the_menu_leads_to_pages_and_media_and_nowhere_else(signed_in, tom):
    page = signed_in(tom).get(reverse("wagtailadmin_home")).content.decode()

    props = json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.S)[1])
    assert re.findall(r'"/cms/([a-z]+)/"', json.dumps(props)) == [
        "pages",
        "images",
        "documents",
        "activities",
        "account",
        "logout",
    ]


def test_there_is_something_to_look_at():
    assert {"/cms/users/", "/cms/groups/", "/cms/reports/site-history/"} < set(CMS)
    assert {"/cms/activities/", "/cms/activities/upload/", "/cms/h5p_chooser/"} < set(CMS)
    assert len(CMS) > 50


@pytest.mark.parametrize("address", CMS)
def test_no_address_names_anybody(signed_in, tom, address):
    response = signed_in(tom).get(address)

    assert response.status_code in {200, 302, 403, 404, 405}
    page = "" if response.streaming else response.content.decode(errors="replace")
    assert [name for name in PEOPLE if name in page] == []


@pytest.mark.parametrize(
    "address", [each for each in CMS if re.match("/cms/(users|groups|reports|workflows)/", each)]
)
def test_people_reports_and_workflows_are_for_administrators(signed_in, tom, address):
    response = signed_in(tom).get(address)

    assert response.status_code in {302, 403}
    assert response.status_code == 403 or response.url == reverse("wagtailadmin_home")


def test_searching_pages_finds_them(signed_in, tom):
    page = signed_in(tom).get(reverse("wagtailadmin_pages:search"), {"q": "Open questions"})

    assert page.status_code == 200
    assert "Open questions" in page.content.decode()
