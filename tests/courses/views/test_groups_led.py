"""Groups led later, on the screen: who opens what, what is written down, and what is said then."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import groups_led
from courses.models import (
    DeliveredEnd,
    DeliveredFidelity,
    DeliveredGroup,
    DeliveredSession,
    FilledInBy,
    RoleKind,
    SupportContact,
)
from tests.factories.courses import (
    make_enrolment,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)
from tests.factories.delivered import FIRST_DAY, check, hold, hold_all, make_group, make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    """Amina and Ken lead a group; Amina has a mentor; there are an organiser and an observer."""
    organisation = make_organisation()
    today = timezone.now()
    amina = make_ready(organisation, "Amina Yusuf", at=today - timedelta(days=35))
    ken = make_ready(organisation, "Ken Wallace", at=today - timedelta(days=35))
    observer = make_person("Olga Observer")
    make_role(observer, organisation, RoleKind.OBSERVER)
    return SimpleNamespace(
        client=client,
        organisation=organisation,
        amina=amina,
        ken=ken,
        group=make_group(organisation, [amina.trainee, ken.trainee]),
        organiser=make_organiser(organisation),
        mentor=make_mentor(amina),
        observer=observer,
    )


def addresses(world):
    group, place = [world.group.pk], [world.organisation.pk]
    return {
        "groups_i_lead": reverse("groups_i_lead"),
        "delivered_group": reverse("delivered_group", args=group),
        "delivered_session": reverse("delivered_session", args=[*group, 1]),
        "delivered_checklist": reverse("delivered_checklist", args=group),
        "delivered_end": reverse("delivered_end", args=group),
        "groups_led": reverse("groups_led", args=place),
        "group_begin": reverse("group_begin", args=place),
        "support_due": reverse("support_due", args=place),
        "support_contact": reverse("support_contact", args=[world.amina.pk]),
    }


def session_sent(world, **more):
    return {
        "key": uuid.uuid4(),
        "held_on": FIRST_DAY.isoformat(),
        "came": 9,
        "facilitator": world.amina.trainee_id,
        "co_facilitator": world.ken.trainee_id,
        "alone_because": "",
    } | more


def contact_sent(**more):
    day = timezone.localdate().isoformat()
    return {
        "key": uuid.uuid4(),
        "month": 1,
        "day": day,
        "how": "phone",
        "came_of_it": "well",
    } | more


def group_sent(world, **more):
    return {
        "key": uuid.uuid4(),
        "label": "Friday group",
        "edition": "",
        "sessions_planned": 6,
        "facilitator": world.amina.trainee_id,
        "co_facilitator": world.ken.trainee_id,
        "alone_because": "",
    } | more


def check_sent(**more):
    return {"key": uuid.uuid4(), "number": 1, "two_led": "yes", "together": "on"} | more


# --- Who may -----------------------------------------------------------------------------------

OF_THE_GROUP = {"delivered_group", "delivered_session", "delivered_checklist", "delivered_end"}
OF_THE_PLACE = {"groups_led", "group_begin", "support_due"}
OPENS = {
    "one of the pair": OF_THE_GROUP | {"groups_i_lead"},
    "the other of the pair": OF_THE_GROUP | {"groups_i_lead"},
    "organiser": OF_THE_GROUP | OF_THE_PLACE | {"support_contact"},
    "observer": {"delivered_checklist"},
    "mentor": {"support_contact"},
    "somebody else who is ready": {"groups_i_lead"},
    "somebody who stood in once": OF_THE_GROUP | {"groups_i_lead"},
    "mentor of somebody else": set(),
    "trainee": set(),
    "facilitator": set(),
    "safeguarding lead": set(),
    "peer educator": set(),
    "organiser elsewhere": set(),
    "observer elsewhere": set(),
    "administrator": set(),
}


def stand_in(world):
    """Somebody who led session 6 in place of Ken."""
    sam = make_ready(world.organisation, "Sam Second").trainee
    hold(world.group, 6, pair=[world.amina.trainee, sam])
    return sam


def person(world, who):
    known = {
        "one of the pair": world.amina.trainee,
        "the other of the pair": world.ken.trainee,
        "organiser": world.organiser,
        "observer": world.observer,
        "mentor": world.mentor,
    }
    if who in known:
        return known[who]
    if who == "somebody else who is ready":
        return make_ready(world.organisation, "Zed Zero").trainee
    if who == "somebody who stood in once":
        return stand_in(world)
    if who == "mentor of somebody else":
        return make_mentor(world.ken, "Olu Other")
    if who == "trainee":
        return make_enrolment(world.amina.cohort, make_person("Dev Patel")).trainee
    somebody = make_person(who, is_superuser=who == "administrator")
    if who.endswith("elsewhere"):
        make_role(somebody, make_organisation(), RoleKind(who.split()[0]))
    elif who != "administrator":
        make_role(somebody, world.organisation, RoleKind(who.replace(" ", "_")))
    return somebody


@pytest.mark.parametrize("who", OPENS)
def test_who_opens_what_and_what_is_someone_elses_is_not_found(world, who):
    world.client.force_login(person(world, who))
    written = {
        "delivered_session": session_sent(world),
        "delivered_checklist": check_sent(),
        "delivered_end": {},
        "group_begin": group_sent(world),
        "support_contact": contact_sent(),
    }

    asked = {name: world.client.get(where) for name, where in addresses(world).items()}
    sent = {
        name: world.client.post(addresses(world)[name], data) for name, data in written.items()
    }

    assert {name for name, answer in asked.items() if answer.status_code == 200} == OPENS[who]
    assert {name for name, answer in sent.items() if answer.status_code == 302} == (
        OPENS[who] & written.keys()
    )
    others = [answer.status_code for answer in [*asked.values(), *sent.values()]]
    assert set(others) - {200, 302} <= {404}
    first_session = DeliveredSession.objects.filter(number=1)
    assert first_session.exists() == ("delivered_session" in OPENS[who])
    assert SupportContact.objects.exists() == ("support_contact" in OPENS[who])
    assert DeliveredEnd.objects.exists() == ("delivered_end" in OPENS[who])
    assert DeliveredFidelity.objects.exists() == ("delivered_checklist" in OPENS[who])


def test_a_signed_out_person_is_asked_to_sign_in(world):
    answers = [world.client.get(where) for where in addresses(world).values()]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer.url.startswith(reverse("account_login")) for answer in answers)


def test_a_session_that_is_not_planned_is_not_found(world):
    world.client.force_login(world.organiser)

    answers = [
        world.client.get(reverse("delivered_session", args=[world.group.pk, number]))
        for number in (0, 7)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


# --- Writing down ------------------------------------------------------------------------------


def test_one_of_the_pair_writes_down_a_day_and_a_number(world):
    world.client.force_login(world.amina.trainee)
    where = reverse("delivered_session", args=[world.group.pk, 1])

    page = world.client.get(where)
    answer = world.client.post(where, session_sent(world), follow=True)

    assert page.context["form"].initial["co_facilitator"] == world.ken.trainee_id
    assert "9 people came. Led by Amina Yusuf and Ken Wallace." in answer.text
    assert "1 of 6 sessions are written down." in answer.text
    assert world.group.sessions.get().by == world.amina.trainee


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"held_on": ""}, "held_on", "Choose the day."),
        ({"held_on": "yesterday"}, "held_on", "We could not read that day."),
        ({"held_on": "2126-03-01"}, "held_on", "That day is far away."),
        ({"came": ""}, "came", "Write how many came. If nobody came, write 0."),
        ({"came": "a few"}, "came", "Write the number in figures, like 8."),
        ({"came": 201}, "came", "Choose a number up to 200."),
        ({"facilitator": ""}, "facilitator", "Choose who led."),
        ({"co_facilitator": ""}, "co_facilitator", "Groups are led by two."),
        ({"alone_because": "away"}, "co_facilitator", "Two led, so there is no reason to give."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_plain_sentence(world, sent, field, words):
    world.client.force_login(world.amina.trainee)
    where = reverse("delivered_session", args=[world.group.pk, 1])

    answer = world.client.post(where, session_sent(world, **sent))

    assert (answer.status_code, world.group.sessions.count()) == (422, 0)
    assert words in answer.context["form"].errors[field][0]


def test_a_day_to_come_is_not_written_down_yet(world):
    world.client.force_login(world.amina.trainee)
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = world.client.post(
        reverse("delivered_session", args=[world.group.pk, 1]),
        session_sent(world, held_on=tomorrow.isoformat()),
    )

    assert answer.status_code == 422
    assert "That day has not come yet." in answer.text


def test_the_pair_choose_between_themselves_and_an_organiser_among_all_who_are_ready(world):
    make_ready(world.organisation, "Sam Second")
    where = reverse("delivered_session", args=[world.group.pk, 1])

    offered = {}
    for who in (world.amina.trainee, world.organiser):
        world.client.force_login(who)
        form = world.client.get(where).context["form"]
        offered[who.name] = [each.name for each in form.fields["facilitator"].queryset]

    assert offered == {
        "Amina Yusuf": ["Amina Yusuf", "Ken Wallace"],
        world.organiser.name: ["Amina Yusuf", "Ken Wallace", "Sam Second"],
    }


def test_a_correction_begins_with_what_was_written_and_says_who_wrote_it(world):
    hold(world.group, 1, came=9)
    world.client.force_login(world.ken.trainee)
    where = reverse("delivered_session", args=[world.group.pk, 1])

    page = world.client.get(where)
    answer = world.client.post(where, session_sent(world, came=7), follow=True)

    assert (page.context["form"].initial["came"], "Written down by Amina Yusuf" in page.text) == (
        9,
        True,
    )
    assert groups_led.series(world.group).came == (7,)
    assert "Changed by Ken Wallace" in answer.text


def test_a_session_that_was_not_held_after_all_is_taken_back_with_one_button(world):
    hold(world.group, 1)
    world.client.force_login(world.amina.trainee)
    where = reverse("delivered_session", args=[world.group.pk, 1])

    answer = world.client.post(where, {"key": uuid.uuid4(), "not_held": "1"}, follow=True)

    assert "Not held after all." in answer.text
    assert [row.held_on for row in world.group.sessions.all()] == [FIRST_DAY, None]


def test_sent_twice_is_written_once(world):
    world.client.force_login(world.amina.trainee)
    where, sent = reverse("delivered_session", args=[world.group.pk, 1]), session_sent(world)

    for _time in range(2):
        world.client.post(where, sent)

    assert world.group.sessions.count() == 1


def test_what_was_written_while_signed_out_waits_for_its_writer(world):
    where, sent = reverse("delivered_session", args=[world.group.pk, 1]), session_sent(world)

    world.client.post(where, sent)
    world.client.force_login(world.amina.trainee)
    kept = world.client.session.get("kept")

    assert kept["sent"]["came"] == ["9"]
    page = world.client.get(reverse("kept"))
    assert (page.status_code, page.context["path"]) == (200, where)


# --- The checklist -----------------------------------------------------------------------------


def test_the_pair_tick_that_they_filled_it_in_together(world):
    world.client.force_login(world.amina.trainee)
    where = reverse("delivered_checklist", args=[world.group.pk])

    alone = world.client.post(where, check_sent(together=""))
    together = world.client.post(where, check_sent(), follow=True)

    assert alone.status_code == 422
    assert "Fill it in together, then tick this." in alone.text
    assert "The two who led: Amina Yusuf" in together.text
    assert DeliveredFidelity.objects.get().filled_in_by == FilledInBy.PAIR


def test_an_observer_finds_the_groups_to_watch_and_fills_in_what_they_saw(world):
    world.client.force_login(world.observer)

    to_watch = world.client.get(reverse("sessions_to_watch"))
    answer = world.client.post(
        reverse("delivered_checklist", args=[world.group.pk]), check_sent(together="")
    )

    assert [group for group, _pair in to_watch.context["groups"]] == [world.group]
    assert answer.url == reverse("sessions_to_watch")
    assert DeliveredFidelity.objects.get().filled_in_by == FilledInBy.OBSERVER


def test_who_stood_in_has_not_watched_and_goes_back_to_the_group(world):
    sam = stand_in(world)
    make_role(sam, world.organisation, RoleKind.OBSERVER)
    world.client.force_login(sam)

    to_watch = world.client.get(reverse("sessions_to_watch"))
    answer = world.client.post(reverse("delivered_checklist", args=[world.group.pk]), check_sent())

    assert to_watch.context["groups"] == []
    assert answer.url == reverse("delivered_group", args=[world.group.pk])
    assert DeliveredFidelity.objects.get().filled_in_by == FilledInBy.PAIR


def test_an_empty_checklist_is_asked_again(world):
    world.client.force_login(world.observer)

    answer = world.client.post(
        reverse("delivered_checklist", args=[world.group.pk]), check_sent(two_led="")
    )

    assert (answer.status_code, DeliveredFidelity.objects.count()) == (422, 0)


# --- Beginning and ending ----------------------------------------------------------------------


def test_an_organiser_writes_down_a_new_group(world):
    world.client.force_login(world.organiser)

    answer = world.client.post(
        reverse("group_begin", args=[world.organisation.pk]), group_sent(world), follow=True
    )

    assert "Friday group is written down." in answer.text
    group = DeliveredGroup.objects.get(label="Friday group")
    assert (group.facilitator, group.by) == (world.amina.trainee, world.organiser)


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"label": ""}, "label", "Give the group a name."),
        ({"label": "x" * 81}, "label", "Please use a name of 80 letters or fewer."),
        ({"sessions_planned": 0}, "sessions_planned", "Choose a number from 1 on."),
        ({"co_facilitator": ""}, "co_facilitator", "Groups are led by two."),
    ],
)
def test_a_group_that_cannot_be_comes_back_with_a_plain_sentence(world, sent, field, words):
    world.client.force_login(world.organiser)

    answer = world.client.post(
        reverse("group_begin", args=[world.organisation.pk]), group_sent(world, **sent)
    )

    assert (answer.status_code, DeliveredGroup.objects.count()) == (422, 1)
    assert words in answer.context["form"].errors[field][0]


def test_who_is_not_ready_cannot_be_chosen(world):
    world.client.force_login(world.organiser)

    answer = world.client.post(
        reverse("group_begin", args=[world.organisation.pk]),
        group_sent(world, facilitator=world.observer.pk),
    )

    assert answer.context["form"].errors["facilitator"] == [
        "That choice is no longer on the list. Choose another."
    ]


def test_a_group_that_has_stopped_is_among_the_earlier_ones(world):
    world.client.force_login(world.amina.trainee)

    answer = world.client.post(reverse("delivered_end", args=[world.group.pk]), follow=True)
    mine = world.client.get(reverse("groups_i_lead")).context

    assert "It stopped before its first session." in answer.text
    assert (mine["running"], [line[0] for line in mine["earlier"]]) == ([], [world.group])


# --- Lists -------------------------------------------------------------------------------------


def test_A7_who_led_a_whole_series_reads_until_when_they_are_active(world):
    world.client.force_login(world.amina.trainee)
    first = timezone.localdate() - timedelta(weeks=6)
    hold_all(world.group, first_day=first, at=timezone.now())
    before = world.client.get(reverse("groups_i_lead"))
    check(world.group)

    after = world.client.get(reverse("groups_i_lead"))

    assert before.context["active"].startswith("Once you have led a whole series")
    assert after.context["active"].startswith("You are active until")
    assert [line[0] for line in after.context["earlier"]] == [world.group]


def test_an_organiser_reads_who_is_active_by_the_alphabet(world):
    day = date(2026, 2, 27)
    world.client.force_login(world.organiser)
    whole = make_group(world.organisation, [world.ken.trainee], planned=1)
    hold(whole, 1, day=day)
    check(whole)

    page = world.client.get(reverse("groups_led", args=[world.organisation.pk]))

    verb = "was active" if timezone.localdate() > date(2027, 2, 27) else "active"
    assert [(each.name, said) for each, said in page.context["people"]] == [
        ("Amina Yusuf", "has not led a whole series yet"),
        ("Ken Wallace", f"{verb} until 27 February 2027"),
    ]


def test_who_is_ready_and_leads_nothing_yet_reads_what_comes(world):
    zed = make_ready(world.organisation, "Zed Zero").trainee
    world.client.force_login(zed)

    page = world.client.get(reverse("groups_i_lead"))

    assert "The groups that you lead will be here." in page.text
    assert "Open the groups I lead" in world.client.get(reverse("learning")).text


def test_groups_are_listed_by_the_alphabet(world):
    for label in ("zebra", "Élan"):
        make_group(world.organisation, world.group.pair, label=label)
    world.client.force_login(world.organiser)

    page = world.client.get(reverse("groups_led", args=[world.organisation.pk]))

    assert [line[0].label for line in page.context["running"]] == [
        "Élan",
        "Tuesday group",
        "zebra",
    ]


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_costs_the_same_for_1_and_for_3(world, groups, django_assert_num_queries):
    for n in range(groups - 1):
        make_group(world.organisation, world.group.pair, label=f"Group {n}")
    world.client.force_login(world.organiser)

    with django_assert_num_queries(7):
        world.client.get(reverse("groups_led", args=[world.organisation.pk]))


def test_an_organisation_where_nobody_is_ready_reads_what_comes_first(client):
    organisation = make_organisation()
    client.force_login(make_organiser(organisation))

    pages = [
        client.get(reverse(name, args=[organisation.pk]))
        for name in ("groups_led", "group_begin", "support_due")
    ]

    assert [page.status_code for page in pages] == [200] * 3
    assert "Nobody is ready to co-facilitate yet." in pages[0].text
    assert "Once you have signed somebody off as ready" in pages[1].text
    assert "Nobody is due for a call right now." in pages[2].text


# --- Contacts ----------------------------------------------------------------------------------


def test_who_is_due_for_a_call_is_listed_by_the_alphabet_until_it_is_made(world):
    world.client.force_login(world.organiser)
    where = reverse("support_due", args=[world.organisation.pk])

    before = world.client.get(where).context
    world.client.post(reverse("support_contact", args=[world.amina.pk]), contact_sent())
    after = world.client.get(where).context

    assert [each for each, _lines in before["due"]] == [world.amina, world.ken]
    assert [each for each, _lines in after["due"]] == [world.ken]
    assert [each for each, _lines in after["others"]] == [world.amina]


def test_a_mentor_reads_that_a_call_is_due_and_writes_it_down(world):
    world.client.force_login(world.mentor)

    before = world.client.get(reverse("mentoring"))
    answer = world.client.post(
        reverse("support_contact", args=[world.amina.pk]), contact_sent(), follow=True
    )
    after = world.client.get(reverse("mentoring"))

    assert ("A call is due." in before.text, "A call is due." in after.text) == (True, False)
    assert f"Written down by {world.mentor.name}." in answer.text
    assert "After one month" in world.client.get(reverse("mentored", args=[world.amina.pk])).text


def test_who_is_called_reads_on_which_day_and_no_more(world):
    world.client.force_login(world.organiser)
    world.client.post(
        reverse("support_contact", args=[world.amina.pk]), contact_sent(came_of_it="again")
    )
    world.client.force_login(world.amina.trainee)

    page = world.client.get(reverse("groups_i_lead"))

    assert ("made on" in page.text, "We talk again" in page.text) == (True, False)


def test_only_contacts_whose_time_has_come_are_offered(world):
    world.client.force_login(world.organiser)
    soon = make_ready(world.organisation, "Zed Zero", at=timezone.now())

    now = world.client.get(reverse("support_contact", args=[world.amina.pk]))
    not_yet = world.client.get(reverse("support_contact", args=[soon.pk]))

    assert [month for month, _name in now.context["form"].fields["month"].choices] == [1]
    assert "The time of the first contact has not come yet." in not_yet.text


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"month": ""}, "month", "Choose which contact it was."),
        ({"month": 6}, "month", "That choice is no longer on the list."),
        ({"day": "2020-01-01"}, "day", "This contact has its time from"),
        ({"day": (date.today() + timedelta(days=2)).isoformat()}, "day", "not come yet"),
        ({"how": ""}, "how", "Choose how."),
        ({"came_of_it": ""}, "came_of_it", "Choose what came of it."),
    ],
)
def test_a_contact_that_cannot_be_comes_back_with_a_plain_sentence(world, sent, field, words):
    world.client.force_login(world.organiser)

    answer = world.client.post(
        reverse("support_contact", args=[world.amina.pk]), contact_sent(**sent)
    )

    assert (answer.status_code, SupportContact.objects.count()) == (422, 0)
    assert words in answer.context["form"].errors[field][0]


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_calls_costs_the_same_for_1_and_for_3(
    client, people, django_assert_num_queries
):
    organisation = make_organisation()
    for n in range(people):
        make_ready(organisation, f"Person {n}")
    client.force_login(make_organiser(organisation))

    with django_assert_num_queries(6):
        client.get(reverse("support_due", args=[organisation.pk]))
