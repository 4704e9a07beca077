"""A trainee takes session 1 of the shipped course in Spanish: the same course, the same record."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from courses.models import Enrolment, StepEvent
from tests.factories.courses import make_cohort, make_enrolment, make_person
from tests.journeys.conftest import DESK, PHONE, on_database
from tests.journeys.looking import rules_broken, sideways, small_controls

SESSION = "starting-together"
LESSONS = [
    "what-a-peer-facilitator-does",
    "what-we-leave-to-others",
    "keeping-confidence",
    "us-not-us-or-it-depends",
]


@pytest.fixture(scope="module")
def loaded(migrated, django_db_blocker, tmp_path_factory):
    """A file with the shipped course, and a trainee who is about to begin it."""
    path = tmp_path_factory.mktemp("spanish") / "loaded.sqlite3"
    path.write_bytes(migrated.read_bytes())
    with on_database(path, django_db_blocker):
        from courses.models import Edition

        call_command("load_starter_course", verbosity=0)
        make_enrolment(make_cohort(Edition.objects.get()), make_person("Lucía Fernández"))
    return path


@pytest.fixture
def beginning(loaded):
    return loaded


@pytest.fixture
def lucia(site):
    return Enrolment.objects.select_related("trainee").get()


def in_spanish(page, lucia):
    page.goto(f"/learning/{lucia.pk}/")
    page.get_by_role("contentinfo").get_by_role("link", name="Español").click()
    expect(page.get_by_role("heading", name="Todas las sesiones")).to_be_visible()


def test_a_step_done_in_spanish_is_done_in_english(open_browser, lucia, script):
    page = open_browser(lucia.trainee, script=script)
    in_spanish(page, lucia)
    sessions = page.locator("ol.sessions")
    sessions.get_by_role("link", name="Qué hace quien facilita entre pares", exact=True).click()
    expect(page.locator("h1")).to_have_text("Alguien que ya pasó por ahí")
    expect(page.locator("main")).to_contain_text("Piensa en todas las horas")
    expect(page.locator("main .note")).to_have_count(0)
    page.get_by_role("button", name="He terminado este paso").click()

    expect(page.locator("h1")).to_have_text("Ser pares es ser iguales")
    page.get_by_label("Que todas las personas hablen los mismos minutos.").check()
    page.get_by_role("button", name="Guardar mi respuesta").click()
    expect(page.locator("#said-back")).to_contain_text("Quieres que sea justo.")

    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Peer means equal")
    expect(page.get_by_label("Everyone speaks for the same number of minutes.")).to_be_checked()
    page.goto(f"/learning/{lucia.pk}/{SESSION}/{LESSONS[0]}/1/")
    expect(page.get_by_text("Finished and saved.")).to_be_visible()
    assert StepEvent.objects.count() == 1


def test_what_is_not_in_spanish_yet_is_read_in_english_and_says_so(open_browser, lucia, script):
    page = open_browser(lucia.trainee, script=script)
    in_spanish(page, lucia)
    title = page.get_by_role("link", name="Giving your attention, leaving room", exact=True)
    expect(title.locator("[lang]")).to_have_attribute("lang", "en-gb")
    title.click()

    expect(page.locator("main .note")).to_contain_text("Aquí lo tienes en el suyo: inglés.")
    expect(page.locator("h1")).to_have_attribute("lang", "en-gb")
    expect(page.locator("html")).to_have_attribute("lang", "es")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_session_1_in_spanish_can_be_read_by_everybody(open_browser, lucia, width):
    page = open_browser(lucia.trainee, width=width)
    in_spanish(page, lucia)
    here = f"/learning/{lucia.pk}/{SESSION}/"
    steps = [
        f"{here}{lesson.slug}/{number}/"
        for lesson in lucia.cohort.edition.outline.session(SESSION).lessons
        for number in range(1, len(lesson.steps) + 1)
    ]
    public = "/becoming-a-peer-facilitator/"
    found = {}

    for address in ["/", public, f"{public}{SESSION}/", here, f"/learning/{lucia.pk}/", *steps]:
        page.goto(address)
        found[address] = [*rules_broken(page), *sideways(page), *small_controls(page)]

    assert len(steps) == 26
    assert {address: faults for address, faults in found.items() if faults} == {}
