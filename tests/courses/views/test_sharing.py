"""Who can read a plan: its owner, and those with whom the owner shares it, while they do."""

import html
import re
import uuid

import pytest
from django.urls import NoReverseMatch, reverse

from courses import urls_organise
from courses.models import PlanSharing, RoleKind
from tests.answers import told
from tests.factories.courses import (
    make_cohort,
    make_edition,
    make_enrolment,
    make_mentor,
    make_organiser,
    make_person,
    make_plan,
    make_role,
    review,
    share,
    take_back,
)

pytestmark = pytest.mark.django_db

PLAN, REVIEW = "Sing in the kitchen", "The neighbours sang along."


class World:
    """A trainee with a plan that they have looked back on, and everybody around them."""

    def __init__(self):
        self.facilitator = make_person("Fatima First")
        self.cohort = make_cohort(make_edition(sessions=2), facilitator=self.facilitator)
        self.organisation = self.cohort.organisation
        self.owner = make_enrolment(self.cohort, make_person("Amina Yusuf"))
        self.mentor = make_mentor(self.owner)
        self.plan = make_plan(self.owner, what=PLAN)
        review(self.plan, note=REVIEW)
        elsewhere = make_cohort(self.cohort.edition, self.organisation, "Thursday group")
        self.people = {
            "somebody in the group": self.member("Dev Patel"),
            "facilitator": self.facilitator,
            "mentor": self.mentor,
            "another mentor": self.with_role("Nadia Next", RoleKind.MENTOR),
            "organiser": make_organiser(self.organisation),
            "organiser elsewhere": make_organiser(make_cohort(self.cohort.edition).organisation),
            "observer": self.with_role("Olga Observer", RoleKind.OBSERVER),
            "peer educator": self.with_role("Ed Educator", RoleKind.PEER_EDUCATOR),
            "facilitator of another group": elsewhere.session_runs.first().facilitator,
            "somebody in another group": make_enrolment(elsewhere, make_person("Ruth")).trainee,
            "somebody who left": self.leaver(),
            "administrator": make_person("Ada", is_superuser=True),
        }

    def member(self, name):
        return make_enrolment(self.cohort, make_person(name)).trainee

    def leaver(self):
        enrolment = make_enrolment(self.cohort, make_person("Lee Left"))
        enrolment.left_at = enrolment.joined_at
        enrolment.save()
        return enrolment.trainee

    def with_role(self, name, kind):
        person = make_person(name)
        make_role(person, self.organisation, kind)
        return person


@pytest.fixture
def world():
    return World()


def pages_of(person, world):
    """Every address at which plans can be read: one's own, and those of this plan's owner."""
    yield reverse("mentoring")
    yield reverse("cohort_plans", args=[world.cohort.pk])
    for pk in {world.owner.pk, *person.enrolments.values_list("pk", flat=True)}:
        for name in ("shared_plans", "notebook", "course"):
            yield reverse(name, args=[pk])
    for name in ("share_plan", "looked_back", "plan_slip"):
        yield reverse(name, args=[world.owner.pk, world.plan.pk])


def desk_of(world):
    """Every address of the organiser's desk."""
    run = world.cohort.session_runs.last()
    for pattern in urls_organise.urlpatterns:
        for args in ([], [world.cohort.pk], [world.cohort.pk, run.pk]):
            try:
                yield reverse(pattern.name, args=args)
            except NoReverseMatch:
                continue


def read_by(person, world, client, pages=()):
    """What this person can read of the plan: its words, and how it went."""
    client.force_login(person)
    found = set()
    for address in pages or pages_of(person, world):
        response = client.get(address)
        said = html.unescape(told(response))
        found |= {words for words in (PLAN, REVIEW) if words in said}
    return sorted(found)


def in_words(shared, world):
    for act in shared:
        {
            "with group": lambda: share(world.plan, "group"),
            "with group, and how it went": lambda: share(world.plan, "group", with_review=True),
            "with mentor": lambda: share(world.plan, "mentor"),
            "with mentor, and how it went": lambda: share(world.plan, "mentor", with_review=True),
            "back from group": lambda: take_back(world.plan, "group"),
            "back from mentor": lambda: take_back(world.plan, "mentor"),
            "another mentor": lambda: make_mentor(world.owner, "Maya Later"),
        }[act]()


def in_group(*words):
    return {"somebody in the group": [*words], "facilitator": [*words]}


@pytest.mark.parametrize(
    ("shared", "readers"),
    [
        ([], {}),
        (["with group"], in_group(PLAN)),
        (["with group, and how it went"], in_group(PLAN, REVIEW)),
        (["with mentor"], {"mentor": [PLAN]}),
        (["with mentor, and how it went"], {"mentor": [PLAN, REVIEW]}),
        (
            ["with group", "with mentor, and how it went"],
            {**in_group(PLAN), "mentor": [PLAN, REVIEW]},
        ),
        (["with group", "back from group"], {}),
        (["with mentor", "back from mentor"], {}),
        (["with group", "with mentor", "back from group"], {"mentor": [PLAN]}),
        (["with mentor", "another mentor"], {}),
    ],
    ids=lambda value: ", ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_a_plan_is_read_by_whom_its_owner_shares_it_with_and_by_nobody_else(
    shared, readers, world, client
):
    in_words(shared, world)

    found = {name: read_by(person, world, client) for name, person in world.people.items()}

    assert found == {name: readers.get(name, []) for name in world.people}


def test_its_owner_reads_it_whatever_is_shared(world, client):
    assert read_by(world.owner.trainee, world, client) == [PLAN, REVIEW]


def test_nothing_of_it_is_on_any_page_of_the_organisers_desk(world, client):
    in_words(["with group, and how it went", "with mentor, and how it went"], world)

    pages = list(desk_of(world))

    assert len(pages) > 10
    assert read_by(world.people["organiser"], world, client, pages) == []


def test_an_organiser_who_leads_a_session_reads_it_as_one_who_leads(world, client):
    organiser = world.people["organiser"]
    world.cohort.session_runs.filter(number=2).update(facilitator=organiser)
    share(world.plan)

    assert read_by(organiser, world, client) == [PLAN]


def test_an_organiser_sees_that_plans_are_made(world, signed_in):
    client = signed_in(world.people["organiser"])

    page = client.get(reverse("cohort_people", args=[world.cohort.pk])).content.decode()

    assert re.findall(r"(\d+ plans? made|No plan yet)", page) == ["1 plan made", "No plan yet"]


# --- Sharing it --------------------------------------------------------------------------------


class Sharing:
    """The owner at the page where a plan is shared."""

    def __init__(self, world, client):
        self.where = reverse("share_plan", args=[world.owner.pk, world.plan.pk])
        self.client = client
        client.force_login(world.owner.trainee)

    def page(self):
        return html.unescape(self.client.get(self.where).content.decode())

    def press(self, **sent):
        sent = {"key": uuid.uuid4(), "audience": "group", "act": "share", **sent}
        response = self.client.post(self.where, sent, follow=True)
        assert response.redirect_chain == [(self.where, 302)]
        return [str(message) for message in response.context["messages"]]


@pytest.fixture
def owner(world, client):
    return Sharing(world, client)


def buttons(page):
    return re.findall(r"<button[^>]*>([^<]+)</button>", page.split("<footer")[0])


def test_the_page_says_by_name_who_will_see_what(owner, world):
    for name in ("Ruth Bellamy", "Bill Carter"):
        world.member(name)

    page = owner.page()

    assert re.findall(r"<p>([^<]+ will see:)</p>", page) == [
        "Bill Carter, Dev Patel and 1 other in your group, and Fatima First and Sam Second, "
        "who lead it, will see:",
        "Maria Mentor, and nobody else, will see:",
    ]
    assert buttons(page) == ["Share it with my group", "Share it with Maria Mentor"]
    assert (
        re.findall(r"</strong>: ([^<]+)</p>", page)
        == [f"{PLAN}, ten minutes, after tea, three times. 8 of 10 sure."] * 2
    )


def test_a_press_shares_and_another_takes_back(owner):
    said = owner.press()
    shared = owner.page()

    back = owner.press(act="take_back")

    assert (said, back) == (
        ["Shared. You can take it back at any time."],
        ["Taken back. Nobody there can read it any more."],
    )
    assert buttons(shared)[0] == "Take it back from my group"
    assert buttons(owner.page())[0] == "Share it with my group"


def test_how_it_went_goes_along_only_when_it_is_ticked(owner):
    owner.press()
    plain = PlanSharing.objects.last().review

    owner.press(with_review="on")

    assert plain is None
    assert PlanSharing.objects.last().review.note == REVIEW


def test_without_a_mentor_the_page_says_whom_to_ask(owner, world):
    world.owner.mentor = None
    world.owner.save()

    page = owner.page()

    assert "You have no peer mentor yet. If you would like one, ask your organiser." in page
    assert owner.press(audience="mentor") == [
        "You have no peer mentor yet, so nothing was shared."
    ]


@pytest.mark.parametrize(
    "sent", [{"key": ""}, {"audience": "everybody"}, {"act": "shout"}, {"act": "\x00"}]
)
def test_what_cannot_be_read_shares_nothing(sent, owner):
    assert owner.press(**sent) == ["We could not read that. Please press the button again."]
    assert PlanSharing.objects.count() == 0


def test_opening_the_page_shares_nothing(owner):
    owner.page()

    assert PlanSharing.objects.count() == 0


@pytest.mark.parametrize(
    ("others", "leads", "said"),
    [
        (0, False, "Nobody else is in your group yet. Those who join will see:"),
        (0, True, "Fatima First and Sam Second, who lead your group, will see:"),
        (1, False, "Dev Patel in your group will see:"),
    ],
)
def test_small_groups_are_named_too(others, leads, said, client):
    cohort = make_cohort(make_edition(sessions=1))
    if not leads:
        cohort.session_runs.update(facilitator=None, co_facilitator=None)
    enrolment = make_enrolment(cohort)
    for _n in range(others):
        make_enrolment(cohort, make_person("Dev Patel"))
    client.force_login(enrolment.trainee)

    page = client.get(reverse("share_plan", args=[enrolment.pk, make_plan(enrolment).pk]))

    assert f"<p>{said}</p>" in page.content.decode()


# --- Reading what was shared -------------------------------------------------------------------


def test_a_group_reads_what_is_shared_in_the_order_of_the_alphabet(world, client):
    for name in ("Zoë", "Élan", "bea"):
        share(make_plan(make_enrolment(world.cohort, make_person(name))))
    share(world.plan)
    client.force_login(world.owner.trainee)

    page = client.get(reverse("shared_plans", args=[world.owner.pk])).content.decode()

    assert re.findall(r"<h2>([^<]+?)(?: <|<)", page.split("<aside")[0]) == [
        "Amina Yusuf",
        "bea",
        "Élan",
        "Zoë",
    ]
    assert re.findall(r">Take it back<", page) == [">Take it back<"]


@pytest.mark.parametrize("name", ["shared_plans", "cohort_plans", "mentoring"])
def test_before_anything_is_shared_the_page_says_what_will_be_here(name, world, client):
    reader, args = {
        "shared_plans": (world.owner.trainee, [world.owner.pk]),
        "cohort_plans": (world.facilitator, [world.cohort.pk]),
        "mentoring": (world.mentor, []),
    }[name]
    client.force_login(reader)

    page = client.get(reverse(name, args=args)).content.decode()

    assert len(re.findall(r'class="empty"><p>Plans will be here', page)) == 1


@pytest.mark.parametrize(
    ("who", "status"), [("facilitator", 200), ("organiser", 404), ("mentor", 404)]
)
def test_only_who_leads_the_group_opens_the_page_of_those_who_lead(who, status, world, client):
    client.force_login(world.people[who])

    response = client.get(reverse("cohort_plans", args=[world.cohort.pk]))

    assert response.status_code == status


@pytest.mark.parametrize(("who", "status"), [("mentor", 200), ("organiser", 404)])
def test_only_a_mentor_opens_the_page_of_mentors(who, status, world, client):
    client.force_login(world.people[who])

    assert client.get(reverse("mentoring")).status_code == status


@pytest.mark.parametrize("many", [1, 3])
def test_reading_what_was_shared_costs_the_same_for_one_and_for_three(
    many, world, client, django_assert_num_queries
):
    for n in range(many):
        enrolment = make_enrolment(world.cohort, make_person(f"Person {n}"))
        enrolment.mentor = world.mentor
        enrolment.save()
        for _version in range(many):
            plan = make_plan(enrolment, exercise=str(uuid.uuid4()))
            review(plan)
            for audience in ("group", "mentor"):
                share(plan, audience, with_review=True)
    asked = [
        (world.owner.trainee, reverse("shared_plans", args=[world.owner.pk]), 4),
        (world.facilitator, reverse("cohort_plans", args=[world.cohort.pk]), 5),
        (world.mentor, reverse("mentoring"), 8),
        (
            world.owner.trainee,
            reverse("share_plan", args=[world.owner.pk, world.plan.pk]),
            9,
        ),
    ]
    for reader, where, queries in asked:
        client.force_login(reader)
        client.get(where)

        with django_assert_num_queries(queries):
            client.get(where)
