"""One person on the way to ready, as their organiser sees it and as they see it themselves."""

import html
import uuid
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from courses.actions import ready
from courses.models import Milestone, ReadySignOff, RoleKind, Waiver
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    make_role,
    meet_all_but_sign_off,
    sign_agreements,
    watch,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    organisation = make_organisation("Riverside Peers")
    organiser = make_organiser(organisation, "Oluchi")
    maria = make_person("Maria")
    make_role(maria, organisation, RoleKind.FACILITATOR)
    cohort = make_cohort(make_ready_edition(), organisation, facilitator=maria)
    enrolment = make_enrolment(cohort, make_person("Amina Yusuf"))
    return SimpleNamespace(
        organisation=organisation,
        organiser=organiser,
        maria=maria,
        cohort=cohort,
        enrolment=enrolment,
    )


def address(place, name="person_ready", *more):
    return reverse(name, args=[place.cohort.pk, place.enrolment.pk, *more])


def words(answer):
    return " ".join(html.unescape(strip_tags(answer.content.decode())).split())


def waiver(place, **more):
    return {
        "kind": "sessions_attended",
        "reason": "No bus in winter",
        "instead": "By phone",
        **more,
    }


def given(place, **more):
    said = {"kind": "sessions_attended", "reason": "No bus in winter", "instead": "By phone"}
    return ready.waive(
        enrolment=place.enrolment,
        by=place.organiser,
        key=uuid.uuid4(),
        at=NOW,
        **{**said, **more},
    )


# --- Who may come in ---------------------------------------------------------------------------


def people_who_may_not(place):
    observer = make_person("Sunita")
    make_role(observer, place.organisation, RoleKind.OBSERVER)
    return {
        "the trainee": place.enrolment.trainee,
        "a facilitator of the cohort": place.maria,
        "an observer": observer,
        "an organiser elsewhere": make_organiser(make_organisation()),
    }


def test_only_organisers_of_the_organisation_find_it(client, place):
    held = given(place)
    pages = {
        "get": lambda: client.get(address(place)),
        "waive": lambda: client.post(address(place), {**waiver(place), "key": uuid.uuid4()}),
        "sign off": lambda: client.post(address(place, "person_sign_off"), {"sure": "on"}),
        "take back": lambda: client.post(address(place, "waiver_take_back", held.pk)),
    }

    found = {}
    for who, person in people_who_may_not(place).items():
        client.force_login(person)
        found |= {(who, name): ask().status_code for name, ask in pages.items()}

    assert set(found.values()) == {404}
    assert (Waiver.objects.get().taken_back_at, ReadySignOff.objects.count()) == (None, 0)


def test_a_person_of_another_cohort_is_not_found_under_this_one(signed_in, place):
    other = make_enrolment(make_cohort(place.cohort.edition, place.organisation))
    held = ready.waive(
        enrolment=other,
        kind="lessons_finished",
        reason="Paper",
        instead="",
        by=place.organiser,
        key=uuid.uuid4(),
        at=NOW,
    )
    client = signed_in(place.organiser)

    answers = [
        client.get(reverse("person_ready", args=[place.cohort.pk, other.pk])),
        client.post(address(place, "waiver_take_back", held.pk)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_what_was_written_signed_out_waits_for_its_writer(client, place):
    answer = client.post(address(place), waiver(place))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
    assert client.session["kept"]["path"] == address(place)


# --- The page ----------------------------------------------------------------------------------


def test_C6_organiser_and_trainee_see_the_same_conditions(signed_in, client, place):
    sign_agreements(place.enrolment)
    titles = [
        "The course, completed",
        "Session 2: Session 2",
        "The check at the end, with all that is about safety",
        "Two practices that somebody watched, and “ready” after them",
        "The role agreement and the confidentiality agreement",
        "The organiser’s sign-off",
    ]

    organiser = signed_in(place.organiser).get(address(place))
    trainee = signed_in(place.enrolment.trainee).get(reverse("course", args=[place.enrolment.pk]))

    for answer in (organiser, trainee):
        shown = answer.context["ready"]
        assert [each.title for each in shown] == titles
        assert [each.is_met for each in shown] == [False, False, False, False, True, False]


def test_C6_each_condition_says_to_its_owner_what_to_do_or_when_it_was_done(signed_in, place):
    sign_agreements(place.enrolment)
    attend(place.enrolment, 2, mark="absent")
    watch(place.enrolment, 1, reviewed=False)

    answer = signed_in(place.enrolment.trainee).get(reverse("course", args=[place.enrolment.pk]))

    assert [each.said for each in answer.context["ready"]] == [
        "What is left for it stands in the list above.",
        "You were away. Your organiser can arrange a catch-up. Please ask.",
        "Take it as often as you like. Each time it asks other questions.",
        "Say first how your practice went. Then you see what your observer saw.",
        "Signed on 1 September.",
        "It comes last, once all else is met.",
    ]
    step = reverse("step", args=[place.enrolment.pk, "session-1", "before-you-begin", 3])
    assert f'href="{step}"' in answer.content.decode()


def test_a_course_that_does_not_lead_there_says_nothing_of_it(signed_in):
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1)))

    answer = signed_in(enrolment.trainee).get(reverse("course", args=[enrolment.pk]))

    assert answer.context["ready"] is None
    assert "co-facilitate" not in words(answer)


@pytest.mark.parametrize("watched", [1, 3])
def test_the_course_takes_eight_queries_where_it_leads_to_ready(
    client, place, watched, django_assert_num_queries
):
    client.force_login(place.enrolment.trainee)
    given(place)
    for n in range(watched):
        watch(place.enrolment, 1 + (n > 0))
    sign_agreements(place.enrolment)
    page = reverse("course", args=[place.enrolment.pk])
    client.get(page)

    with django_assert_num_queries(8):
        client.get(page)


@pytest.mark.parametrize("waivers", [1, 3])
def test_the_organisers_page_takes_eleven_queries(
    client, place, waivers, django_assert_num_queries
):
    client.force_login(place.organiser)
    for _n in range(waivers):
        ready.take_back(waiver=given(place), by=place.organiser, at=NOW)
    client.get(address(place))

    with django_assert_num_queries(11):
        client.get(address(place))


# --- The sign-off ------------------------------------------------------------------------------


def test_while_something_is_left_there_is_no_sign_off_to_press(signed_in, place):
    answer = signed_in(place.organiser).get(address(place))

    assert "Sign off as ready" not in words(answer)


def test_an_organiser_signs_off_once_all_else_is_met(signed_in, place):
    meet_all_but_sign_off(place.enrolment)
    client = signed_in(place.organiser)
    before = client.get(address(place))

    after = client.post(address(place, "person_sign_off"), {"sure": "on"}, follow=True)

    assert "can lead a group as one of a pair. A certificate that says so is issued at once." in (
        words(before)
    )
    assert "Amina Yusuf is ready to co-facilitate, and has a certificate" in words(after)
    assert "Sign off as ready" not in words(after)
    assert ReadySignOff.objects.get().by == place.organiser
    assert set(Milestone.objects.values_list("kind", flat=True)) == {"completion", "ready"}


def test_a_sign_off_without_its_tick_is_asked_for_again(signed_in, place):
    meet_all_but_sign_off(place.enrolment)

    answer = signed_in(place.organiser).post(address(place, "person_sign_off"))

    assert (answer.status_code, ReadySignOff.objects.count()) == (422, 0)
    assert "Tick this first, if you stand by it." in words(answer)


def test_a_sign_off_from_an_old_page_says_that_something_is_left(signed_in, place):
    answer = signed_in(place.organiser).post(address(place, "person_sign_off"), {"sure": "on"})

    assert (answer.status_code, ReadySignOff.objects.count()) == (422, 0)
    assert "Something is still left to do." in words(answer)


def test_an_organiser_who_is_a_trainee_here_is_told_to_ask_another(signed_in, place):
    make_role(place.enrolment.trainee, place.organisation)
    meet_all_but_sign_off(place.enrolment)
    client = signed_in(place.enrolment.trainee)

    page = client.get(address(place))
    answers = [
        client.post(address(place, "person_sign_off"), {"sure": "on"}),
        client.post(address(place), {**waiver(place), "kind": "lessons_finished"}),
    ]

    assert "This is you. Nobody signs off themselves" in words(page)
    assert [answer.status_code for answer in answers] == [422, 422]
    assert (ReadySignOff.objects.count(), Waiver.objects.count()) == (0, 0)


def test_who_is_ready_is_told_so_on_their_own_page(signed_in, place):
    meet_all_but_sign_off(place.enrolment)
    ready.sign_off(enrolment=place.enrolment, by=place.organiser, at=NOW)

    answer = signed_in(place.enrolment.trainee).get(reverse("course", args=[place.enrolment.pk]))

    assert "You are ready to co-facilitate" in words(answer)
    assert "Signed off by Oluchi on 1 September." in words(answer)


# --- Waivers (E8) ------------------------------------------------------------------------------


def test_E8_an_organiser_waives_something_and_says_why(signed_in, place):
    client = signed_in(place.organiser)

    answer = client.post(address(place), {**waiver(place), "key": uuid.uuid4()}, follow=True)

    kept = Waiver.objects.get()
    assert (kept.kind, kept.reason, kept.instead, kept.by) == (
        "sessions_attended",
        "No bus in winter",
        "By phone",
        place.organiser,
    )
    assert "Saved. It is not asked of them any more." in words(answer)
    assert "Why: No bus in winter" in words(answer)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": ""}, "Say why, in a few words."),
        ({"kind": ""}, "Choose what to waive."),
        ({"kind": "practice_ready"}, "That can’t be waived."),
        ({"kind": "final_check"}, "That can’t be waived."),
        ({"reason": "x" * 301}, "Please say it in 300 letters or fewer."),
    ],
)
def test_a_muddled_waiver_is_said_so_and_nothing_is_lost(signed_in, place, wrong, says):
    sent = {**waiver(place), "key": uuid.uuid4(), **wrong}

    answer = signed_in(place.organiser).post(address(place), sent)

    assert (answer.status_code, Waiver.objects.count()) == (422, 0)
    assert says in words(answer)
    assert answer.context["form"]["instead"].value() == "By phone"


def test_E8_who_it_is_for_reads_who_waived_it_and_why(signed_in, place):
    given(place)

    answer = signed_in(place.enrolment.trainee).get(reverse("course", args=[place.enrolment.pk]))

    assert (
        "Not needed here: Oluchi waived it on 1 September 2026. Why: No bus in winter "
        "Instead: By phone"
    ) in words(answer)


def test_E8_nobody_else_reads_why(signed_in, place):
    given(place)

    board = signed_in(place.maria).get(reverse("cohort", args=[place.cohort.pk]))

    assert "No bus in winter" not in words(board)


def test_E8_what_cannot_be_waived_is_said_with_its_reason(signed_in, place):
    answer = signed_in(place.organiser).get(address(place))

    assert {str(why) for _name, why in answer.context["never"]} == {
        str(why) for why in ready.WHY_NEVER.values()
    }
    assert [kind for kind, _name in answer.context["form"].fields["kind"].choices] == [
        "sessions_attended",
        "lessons_finished",
    ]


def test_a_waiver_is_taken_back_and_stays_in_the_history(signed_in, place):
    held = given(place)

    answer = signed_in(place.organiser).post(
        address(place, "waiver_take_back", held.pk), follow=True
    )

    assert Waiver.objects.get().taken_back_by == place.organiser
    assert "Taken back by Oluchi on" in words(answer)
    assert "Take the waiver back" not in words(answer)
