"""How a session went: activities ticked on a phone, the checklist, and all of it on one page."""

import re
import uuid
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import editions, feedback
from courses.models import (
    ActivityMark,
    Attendance,
    FeedbackGiven,
    FidelityCheck,
    FilledInBy,
    GroupFeedback,
    RoleKind,
    SessionRun,
)
from tests.factories.courses import (
    NOW,
    attend,
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

pytestmark = pytest.mark.django_db
OUR_PAGES = ["attendance", "session_held", "activities", "fidelity", "feedback_code"]


def activity(title, kind, minutes):
    return ("activity", {"title": title, "type": kind, "minutes": minutes, "note": "Quietly."})


@pytest.fixture
def session(client):
    """A session with three activities, its people, and a client of one of the pair."""
    organisation = make_organisation()
    course = make_course(sessions_required=1)
    plan = [activity("Welcome", "welcome", 10), activity("Tea", "break", 20)]
    make_lesson(make_session(course, 1, plan=[*plan, activity("Threes", "practice", 60)]))
    edition = editions.make_edition(course=course, by=None, at=NOW)
    cohort = make_cohort(edition, organisation)
    run = cohort.session_runs.get()
    client.force_login(run.facilitator)
    observer = make_person("Olga Observer")
    make_role(observer, organisation, RoleKind.OBSERVER)
    return SimpleNamespace(
        client=client,
        organisation=organisation,
        cohort=cohort,
        run=run,
        organiser=make_organiser(organisation),
        observer=observer,
        trainee=make_enrolment(cohort),
    )


def address(session, name):
    return reverse(name, args=[session.cohort.pk, session.run.pk])


def said(answer):
    return [str(message) for message in answer.context["messages"]]


# --- Who may ------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("organiser", OUR_PAGES),
        ("facilitator", OUR_PAGES),
        ("co-facilitator", OUR_PAGES),
        ("observer", ["fidelity"]),
        ("trainee", []),
        ("mentor", []),
        ("safeguarding lead", []),
        ("peer educator", []),
        ("facilitator of another session", []),
        ("organiser of another organisation", []),
        ("administrator", []),
    ],
)
def test_who_opens_what_of_a_session_as_held(session, who, opens):
    kinds = {
        "mentor": RoleKind.MENTOR,
        "safeguarding lead": RoleKind.SAFEGUARDING_LEAD,
        "peer educator": RoleKind.PEER_EDUCATOR,
        "facilitator of another session": RoleKind.FACILITATOR,
    }
    person = {
        "organiser": session.organiser,
        "facilitator": session.run.facilitator,
        "co-facilitator": session.run.co_facilitator,
        "observer": session.observer,
        "trainee": session.trainee.trainee,
    }.get(who) or make_person(who, is_superuser=who == "administrator")
    if who in kinds:
        make_role(person, session.organisation, kinds[who])
    if who == "organiser of another organisation":
        make_role(person, make_organisation(), RoleKind.ORGANISER)
    session.client.force_login(person)
    catch_up = [session.cohort.pk, session.trainee.pk]

    answers = {name: session.client.get(address(session, name)).status_code for name in OUR_PAGES}
    more = [
        session.client.get(reverse("catch_ups", args=catch_up)).status_code,
        session.client.get(reverse("catch_up", args=[*catch_up, session.run.pk])).status_code,
    ]
    sent = {
        name: session.client.post(address(session, name), {"key": uuid.uuid4()}).status_code
        for name in ("attendance", "activities", "fidelity")
        if name not in opens
    }

    assert answers == {name: 200 if name in opens else 404 for name in OUR_PAGES}
    assert more == [200 if "attendance" in opens else 404] * 2
    assert set(sent.values()) <= {404}
    assert Attendance.objects.count() + ActivityMark.objects.count() == 0
    assert FidelityCheck.objects.count() == 0


def test_a_signed_out_person_is_asked_to_sign_in(session):
    session.client.logout()

    answers = [session.client.get(address(session, name)) for name in OUR_PAGES]

    assert [answer.url.split("?")[0] for answer in answers] == ["/account/sign-in/"] * 5


def test_a_session_of_another_cohort_is_not_found_below_this_one(session):
    other = make_cohort(session.cohort.edition, session.organisation).session_runs.get()

    answers = [
        session.client.get(reverse(name, args=[session.cohort.pk, other.pk])).status_code
        for name in OUR_PAGES
    ]

    assert answers == [404] * 5


# --- Activities ------------------------------------------------------------


def drawn(session):
    page = session.client.get(address(session, "activities")).text
    return dict(re.findall(r'<input type="hidden" name="(was_\d+|key)" value="([^"]*)"', page))


def tick(session, base=None, **sent):
    told = (drawn(session) if base is None else base) | sent
    return session.client.post(address(session, "activities"), told, follow=True)


def marks():
    return list(ActivityMark.objects.order_by("pk").values_list("title", "how", "reason"))


def test_all_as_planned_is_one_tap(session):
    answer = tick(session, all="1")

    assert said(answer) == ["Saved. All activities went as planned."]
    assert marks() == [(title, "as_planned", "") for title in ("Welcome", "Tea", "Threes")]


def test_all_as_planned_leaves_what_was_marked(session):
    tick(session, how_2="changed", reason_2="Outside, in the sun")

    answer = tick(session, all="1")

    assert said(answer) == ["Saved. 2 of 3 activities went as planned."]
    assert marks()[0] == ("Tea", "changed", "Outside, in the sun")
    assert len(marks()) == 3


@pytest.mark.parametrize("how", ["changed", "left_out"])
def test_what_was_not_as_planned_has_a_reason(session, how):
    answer = tick(session, how_2=how, how_1="as_planned")

    rows = answer.context["form"].rows
    assert answer.status_code == 422
    assert [row.problems for row in rows] == [[], ["Say in a few words why: “Tea”."], []]
    assert [row.chosen.how for row in rows] == ["as_planned", how, ""]
    assert marks() == []


def test_a_reason_alone_asks_how_it_went(session):
    answer = tick(session, reason_2="No kettle")

    assert answer.status_code == 422
    assert answer.context["form"].rows[1].problems == ["Choose how “Tea” went."]
    assert answer.context["form"].rows[1].chosen.reason == "No kettle"


def test_an_old_sheet_does_not_take_back_what_somebody_else_marked_since(session):
    tick(session, how_2="as_planned")
    old = drawn(session)
    tick(session, how_2="left_out", reason_2="No kettle")

    tick(session, base=old, how_1="as_planned", how_2="as_planned")

    assert marks() == [
        ("Tea", "as_planned", ""),
        ("Tea", "left_out", "No kettle"),
        ("Welcome", "as_planned", ""),
    ]


def test_the_same_sheet_sent_again_is_once(session):
    base = drawn(session)

    for _time in range(2):
        tick(session, base=base, how_1="as_planned")

    assert marks() == [("Welcome", "as_planned", "")]


def test_the_sheet_says_who_changed_what_and_when(session):
    tick(session, how_2="as_planned")
    session.client.force_login(session.organiser)
    tick(session, how_2="left_out", reason_2="No kettle")

    log = session.client.get(address(session, "activities")).context["log"]

    assert [(each.by, each.about, each.said, each.before) for each in log] == [
        ("Oluchi Organiser", "2. Tea", "Left out: No kettle", "As planned"),
        ("Fatima First", "2. Tea", "As planned", ""),
    ]


def test_a_cancelled_session_takes_no_ticks(session):
    base = drawn(session)
    SessionRun.objects.update(cancelled_at=NOW)

    answer = tick(session, base=base, all="1")

    assert (answer.status_code, marks()) == (422, [])
    assert "This session was cancelled" in answer.text


# --- The checklist ------------------------------------------------------------


def fill_in(session, person=None, **sent):
    session.client.force_login(person or session.run.facilitator)
    told = {"key": uuid.uuid4(), "two_led": "yes", "break_taken": "no", "together": "on", **sent}
    return session.client.post(address(session, "fidelity"), told, follow=True)


def test_the_pair_fill_the_checklist_in_together(session):
    answer = fill_in(session, note="We ran over by five minutes.")

    kept = FidelityCheck.objects.get()
    assert (kept.filled_in_by, kept.answers, kept.note) == (
        FilledInBy.PAIR,
        {"two_led": True, "break_taken": False},
        "We ran over by five minutes.",
    )
    assert answer.redirect_chain[-1][0] == address(session, "session_held")


def test_one_of_two_is_asked_to_fill_it_in_with_the_other_and_loses_nothing(session):
    answer = fill_in(session, together="", note="We ran over.")

    form = answer.context["form"]
    assert (answer.status_code, FidelityCheck.objects.count()) == (422, 0)
    assert form.errors == {
        "together": ["Fill it in together, then tick this. It can wait until then."]
    }
    assert form["note"].value() == "We ran over."


def test_an_observer_fills_it_in_and_sees_nothing_else_of_the_group(session):
    answer = fill_in(session, session.observer, together="")

    kept = FidelityCheck.objects.get()
    assert (kept.filled_in_by, kept.by) == (FilledInBy.OBSERVER, session.observer)
    assert answer.redirect_chain[-1][0] == reverse("sessions_to_watch")
    page = session.client.get(address(session, "fidelity")).text
    assert session.trainee.trainee.name not in page
    assert reverse("cohort", args=[session.cohort.pk]) not in page


def test_an_empty_checklist_is_asked_for_what_one_is_sure_of(session):
    answer = fill_in(session, two_led="", break_taken="")

    assert (answer.status_code, FidelityCheck.objects.count()) == (422, 0)
    assert answer.context["form"].non_field_errors() == [
        "Nothing is chosen yet. Choose what you are sure of."
    ]


def test_it_asks_for_no_names_and_nothing_about_health(session):
    page = session.client.get(address(session, "fidelity")).text

    assert "No names of people who came, and nothing about their health." in page


def test_it_begins_with_what_was_filled_in_last_and_the_newest_counts(session):
    fill_in(session)
    form = session.client.get(address(session, "fidelity")).context["form"]
    before = (form["two_led"].value(), form["break_taken"].value(), form["plans_made"].value())

    fill_in(session, break_taken="yes")
    held = session.client.get(address(session, "session_held")).context["held"]

    assert before == ("yes", "no", None)
    assert [each.ticked.happened for each in held.checks] == [("two_led", "break_taken")]
    assert FidelityCheck.objects.count() == 2


def test_an_observer_is_shown_the_sessions_of_these_weeks(session):
    SessionRun.objects.update(starts_at=timezone.now())
    session.client.force_login(session.observer)
    before = session.client.get(reverse("sessions_to_watch")).context["sessions"]

    fill_in(session, session.observer)
    after = session.client.get(reverse("sessions_to_watch")).context["sessions"]

    led = "Led by Fatima First and Sam Second."
    assert before == [(session.run, led, False)]
    assert after == [(session.run, led, True)]


def test_who_is_no_observer_is_shown_no_sessions_to_watch(session):
    assert session.client.get(reverse("sessions_to_watch")).status_code == 404


# --- How it went ------------------------------------------------------------


def page_of(session):
    return session.client.get(address(session, "session_held"))


def test_A2_a_session_led_by_one_shows_it_with_the_reason(session):
    SessionRun.objects.update(co_facilitator=None, one_facilitator_reason="Sam was away")

    page = page_of(session)

    assert page.context["held"].is_led_by_one
    assert "Sessions are led by two. This one was not." in page.text
    assert "Led by Fatima First alone: Sam was away." in page.text


def test_A2_a_session_led_by_two_names_them(session):
    page = page_of(session)

    assert not page.context["held"].is_led_by_one
    assert "This one was not." not in page.text
    assert "Led by Fatima First and Sam Second." in page.text


def test_both_checklists_stand_beside_each_other(session):
    fill_in(session)
    fill_in(session, session.observer, two_led="no", break_taken="")
    session.client.force_login(session.organiser)

    checked = page_of(session).context["checked"]

    assert [str(head) for head in checked["heads"]] == [
        "Somebody who watched",
        "The two who led",
    ]
    lines = {str(words): [said for _look, said in cells] for words, cells in checked["lines"]}
    assert lines["Two people led."] == ["no", "yes"]
    assert lines["The break was taken, in full."] == ["left open", "no"]


def test_attendance_and_activities_are_told_in_a_sentence(session):
    attend(session.trainee, 1, mark="late")
    tick(session, how_2="left_out", reason_2="No kettle")

    page = page_of(session)

    assert page.context["attendance"] == "1 came late"
    assert page.context["activities_said"] == (
        "0 of 3 activities went as planned. 2 have not been marked yet."
    )
    assert [said for _line, said in page.context["went"]] == ["", "Left out: No kettle", ""]


def give(session, count, **numbers):
    for _n in range(count):
        feedback.give(
            session_run=session.run,
            enrolment=make_enrolment(session.cohort, make_person()),
            numbers={"listened_to": 8, "had_a_turn": 7, "can_use": 9, **numbers},
        )


def test_E2_before_five_answers_only_their_number_is_said(session):
    give(session, 2)

    page = page_of(session)

    assert page.context["answered"] == "2 people have answered. It is shown from 5."
    assert "I felt listened to." not in page.text


def test_E2_from_five_answers_on_they_are_shown_together(session):
    give(session, 4)
    give(session, 1, listened_to=3, can_use=None)

    page = page_of(session)

    assert page.context["answered"] == "5 people have answered."
    assert [(str(words), said) for words, said, _spread in page.context["spreads"]] == [
        (
            "I felt listened to.",
            "The middle answer is 8 of 10. The lowest is 3, the highest 8.",
        ),
        ("Everyone had a turn.", "The middle answer is 7 of 10. The lowest is 7, the highest 7."),
        (
            "I can use something from today.",
            "Fewer than 5 answers to this can be shown so far.",
        ),
    ]


@pytest.mark.parametrize("people", [1, 3])
def test_how_it_went_takes_ten_queries(session, django_assert_num_queries, people):
    for n in range(people):
        enrolment = make_enrolment(session.cohort, make_person(f"Person {n}"))
        attend(enrolment, 1)
    give(session, people)

    with django_assert_num_queries(10):
        page_of(session)


# --- For the group ------------------------------------------------------------


def test_the_code_to_hold_up_leads_each_trainee_to_a_page_of_their_own(session):
    link = session.client.get(address(session, "feedback_code")).context["link"]
    session.client.force_login(session.trainee.trainee)

    answer = session.client.get(link)

    assert answer.url == reverse("how_it_was", args=[session.trainee.pk, session.run.pk])


def test_the_code_leads_nobody_of_another_group_anywhere(session):
    link = session.client.get(address(session, "feedback_code")).context["link"]
    elsewhere = make_enrolment(make_cohort(session.cohort.edition)).trainee
    answers = []
    for person in (elsewhere, session.run.facilitator, session.organiser):
        session.client.force_login(person)
        answers.append(session.client.get(link).status_code)
    session.client.logout()

    assert answers == [404] * 3
    assert session.client.get(link).url.startswith("/account/sign-in/")


def say(session, **numbers):
    session.client.force_login(session.trainee.trainee)
    where = reverse("how_it_was", args=[session.trainee.pk, session.run.pk])
    sent = {"listened_to": "8", "had_a_turn": "", "can_use": "10", **numbers}
    return session.client.post(where, sent, follow=True)


def kept():
    return list(GroupFeedback.objects.values_list("listened_to", "had_a_turn", "can_use"))


def test_a_trainee_says_how_it_was_and_may_leave_out_any_question(session):
    answer = say(session)

    assert said(answer) == ["Thank you. It is kept without your name."]
    assert kept() == [(8, None, 10)]
    assert "nothing says which answer is yours" in answer.text


def test_saying_it_again_changes_nothing(session):
    say(session)
    say(session, listened_to="0")

    assert kept() == [(8, None, 10)]
    assert FeedbackGiven.objects.count() == 1


def test_nothing_chosen_is_no_answer(session):
    answer = say(session, listened_to="", can_use="")

    assert (answer.status_code, kept()) == (422, [])
    assert answer.context["form"].errors == {
        "listened_to": ["Nothing is chosen yet. Choose a number, or go back: both are fine."]
    }


def test_a_number_that_is_none_of_them_is_asked_again_and_the_others_stay(session):
    answer = say(session, listened_to="11")

    form = answer.context["form"]
    assert (answer.status_code, kept()) == (422, [])
    assert form.errors == {"listened_to": ["Choose one of the numbers from 0 to 10."]}
    assert form["can_use"].value() == "10"


@pytest.mark.parametrize("mark", ["absent", "excused", "made_up"])
def test_who_was_not_there_is_not_asked(session, mark):
    attend(session.trainee, 1, mark=mark)

    answer = say(session)

    assert (answer.status_code, kept()) == (422, [])
    assert "This is for those who were at the session" in answer.text


@pytest.mark.parametrize("mark", ["present", "late", "left_early"])
def test_who_was_there_is_asked(session, mark):
    attend(session.trainee, 1, mark=mark)

    say(session)

    assert kept() == [(8, None, 10)]


def test_nobody_is_asked_about_a_session_that_was_cancelled(session):
    SessionRun.objects.update(cancelled_at=NOW)

    say(session)

    assert kept() == []


def test_the_course_page_asks_after_a_session_until_it_is_said(session):
    SessionRun.objects.update(starts_at=timezone.now())
    session.client.force_login(session.trainee.trainee)
    course = reverse("course", args=[session.trainee.pk])

    before = session.client.get(course).context["to_say"]
    say(session)
    after = session.client.get(course).context["to_say"]

    assert (before, after) == (session.run, None)


def test_the_page_says_what_is_kept_and_that_it_is_without_a_name(session):
    session.client.force_login(session.trainee.trainee)

    page = session.client.get(
        reverse("how_it_was", args=[session.trainee.pk, session.run.pk])
    ).text

    assert "We keep that you have answered, so that everyone answers once." in page
    assert "Nothing joins the two." in page
    assert "see the numbers of 5 people or more together, never one person’s." in page
