"""The organiser's desk: who may come in, what they see, and what a muddled form says."""

import csv
import io
import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from courses.models import AttendanceMark, Cohort, RoleKind, SessionRun
from tests.courses.test_board import fill
from tests.factories.courses import (
    NOW,
    attend,
    finish_lesson,
    make_cohort,
    make_edition,
    make_enrolment,
    make_milestone,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

LINK = re.compile(r"<a [^>]*>.*?</a>", re.S)


@pytest.fixture
def place():
    """A cohort, its organiser, and one of the pair who lead its second session only."""
    organisation = make_organisation("Riverside Peers")
    organiser = make_organiser(organisation, "Oluchi")
    pair = [make_person("Maria"), make_person("Sam")]
    for person in pair:
        make_role(person, organisation, RoleKind.FACILITATOR)
    edition = make_edition(sessions=2, sessions_required=1)
    cohort = make_cohort(
        edition, organisation, facilitator=pair[0], co_facilitator=pair[1], name="Tuesday group"
    )
    other = make_person("Fola")
    make_role(other, organisation, RoleKind.FACILITATOR)
    first, second = cohort.session_runs.all()
    SessionRun.objects.filter(pk=second.pk).update(co_facilitator=other)
    return SimpleNamespace(
        organisation=organisation,
        organiser=organiser,
        role=pair[0].roles.get(),
        maria=pair[0],
        sam=pair[1],
        fola=other,
        edition=edition,
        cohort=cohort,
        first=first,
        second=second,
    )


def addresses(place):
    cohort, run = place.cohort.pk, place.first.pk
    return {
        "organise": reverse("organise"),
        "cohort_new": reverse("cohort_new"),
        "contacts": reverse("contacts", args=[place.organisation.pk]),
        "roles": reverse("roles", args=[place.organisation.pk]),
        "role_end": reverse("role_end", args=[place.organisation.pk, place.role.pk]),
        "cohort": reverse("cohort", args=[cohort]),
        "cohort_csv": reverse("cohort_csv", args=[cohort]),
        "cohort_xlsx": reverse("cohort_xlsx", args=[cohort]),
        "cohort_figures": reverse("cohort_figures", args=[cohort]),
        "cohort_figures_pdf": reverse("cohort_figures_pdf", args=[cohort]),
        "organisation_figures": reverse("organisation_figures", args=[place.organisation.pk]),
        "organisation_figures_pdf": reverse(
            "organisation_figures_pdf", args=[place.organisation.pk]
        ),
        "session_run": reverse("session_run", args=[cohort, run]),
        "attendance": reverse("attendance", args=[cohort, run]),
        "session_cancel": reverse("session_cancel", args=[cohort, run]),
        "cohort_change": reverse("cohort_change", args=[cohort]),
        "organisation_settings": reverse("organisation_settings", args=[place.organisation.pk]),
        "invitations": reverse("invitations", args=[cohort]),
        "cards": reverse("cards", args=[cohort]),
    }


def found(client, place):
    """Which of the pages this person finds; each is there or not found, nothing else."""
    answers = {name: client.get(path).status_code for name, path in addresses(place).items()}
    assert set(answers.values()) <= {200, 404}
    return {name for name, status in answers.items() if status == 200}


def with_role(place, kind, organisation=None):
    person = make_person(f"A {kind}")
    make_role(person, organisation or place.organisation, kind)
    return person


# --- Who may come in ---------------------------------------------------------------------------


def test_an_organiser_finds_everything(signed_in, place):
    assert found(signed_in(place.organiser), place) == set(addresses(place))


def test_an_organiser_of_another_organisation_finds_only_their_own(signed_in, place):
    stranger = make_organiser(make_organisation())

    assert found(signed_in(stranger), place) == {"organise", "cohort_new"}


def test_the_pair_find_the_board_and_the_sheets_of_their_sessions(signed_in, place):
    assert found(signed_in(place.maria), place) == {"organise", "cohort", "attendance"}


def test_a_facilitator_of_another_session_does_not_find_this_sheet(signed_in, place):
    assert found(signed_in(place.fola), place) == {"organise", "cohort"}


def test_a_facilitator_who_leads_nothing_here_finds_only_their_own_desk(signed_in, place):
    assert found(signed_in(with_role(place, RoleKind.FACILITATOR)), place) == {"organise"}


@pytest.mark.parametrize("kind", [RoleKind.OBSERVER, RoleKind.PEER_EDUCATOR])
def test_observers_and_peer_educators_find_nothing(signed_in, place, kind):
    assert found(signed_in(with_role(place, kind)), place) == set()


def test_a_trainee_of_the_cohort_finds_nothing(signed_in, place):
    trainee = make_enrolment(place.cohort).trainee

    assert found(signed_in(trainee), place) == set()


def test_who_is_signed_out_is_asked_to_sign_in(client, place):
    for path in addresses(place).values():
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={path}")


@pytest.mark.parametrize("who", ["maria", "trainee", "stranger"])
def test_only_organisers_open_or_close_joining(signed_in, place, who):
    person = {
        "maria": lambda: place.maria,
        "trainee": lambda: make_enrolment(place.cohort).trainee,
        "stranger": lambda: make_organiser(make_organisation()),
    }[who]()

    answer = signed_in(person).post(reverse("cohort_joining", args=[place.cohort.pk]))

    assert answer.status_code == 404
    assert Cohort.objects.get().joining_open is True


def test_a_session_of_another_cohort_is_not_found_under_this_one(signed_in, place):
    other = make_cohort(place.edition, place.organisation)
    run = other.session_runs.first()
    client = signed_in(place.organiser)

    for name in ["session_run", "session_cancel", "attendance"]:
        assert client.get(reverse(name, args=[place.cohort.pk, run.pk])).status_code == 404


def test_a_number_nobody_has_is_not_found(signed_in, place):
    client = signed_in(place.organiser)

    for number in [0, 10**30]:
        assert client.get(f"/organise/{number}/").status_code == 404
        assert client.get(f"/organise/{place.cohort.pk}/sessions/{number}/").status_code == 404


# --- The desk ----------------------------------------------------------------------------------


def test_the_desk_shows_the_cohorts_of_ones_own_organisations_and_no_others(signed_in, place):
    make_cohort(place.edition, name="Somebody else’s")
    mine = make_cohort(place.edition, place.organisation, name="Evening group")

    answer = signed_in(place.organiser).get(reverse("organise"))

    shown = answer.context["current"] + [(each,) for each in answer.context["earlier"]]
    assert {each[0] for each in shown} == {place.cohort, mine}


def test_cohorts_long_over_stand_apart(signed_in, place):
    soon = timezone.now() + timedelta(days=1)
    running = make_cohort(place.edition, place.organisation, first_session_at=soon)
    SessionRun.objects.filter(cohort=place.cohort).update(
        starts_at=timezone.now() - timedelta(weeks=9)
    )

    context = signed_in(place.organiser).get(reverse("organise")).context

    assert [each[0] for each in context["current"]] == [running]
    assert context["earlier"] == [place.cohort]


def test_an_organiser_without_cohorts_is_told_what_to_do_first(signed_in):
    organiser = make_organiser(make_organisation())

    page = signed_in(organiser).get(reverse("organise")).text

    assert "Begin by starting one." in page
    assert reverse("cohort_new") in page


@pytest.mark.parametrize("cohorts", [1, 3])
def test_the_desk_takes_nine_queries(signed_in, django_assert_num_queries, cohorts):
    organisation, edition = make_organisation(), make_edition(sessions=1, sessions_required=1)
    soon = timezone.now() + timedelta(days=1)
    for n in range(cohorts):
        cohort = make_cohort(edition, organisation, name=f"Group {n}", first_session_at=soon)
        make_enrolment(cohort, make_person(f"Person {n}"))
    client = signed_in(make_organiser(organisation))
    assert edition.outline.lessons  # in the cache from here on

    with django_assert_num_queries(9):
        client.get(reverse("organise"))


# --- The board ---------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [1, 3])
def test_the_board_takes_eight_queries(signed_in, django_assert_num_queries, place, people):
    for n in range(people):
        enrolment = make_enrolment(place.cohort, make_person(f"Person {n}"))
        attend(enrolment, 1)
        finish_lesson(enrolment, place.edition.outline.lessons[0])
    client = signed_in(place.organiser)

    with django_assert_num_queries(8):
        answer = client.get(reverse("cohort", args=[place.cohort.pk]))

    assert len(answer.context["people"]) == people


def test_the_board_of_fifty_people_and_thirty_lessons_takes_eight_queries(
    signed_in, django_assert_num_queries
):
    organisation = make_organisation()
    cohort = make_cohort(make_edition(sessions=6, lessons=5), organisation)
    fill(cohort, people=50)
    client = signed_in(make_organiser(organisation))
    assert cohort.edition.outline.lessons  # in the cache from here on

    with django_assert_num_queries(8):
        answer = client.get(reverse("cohort", args=[cohort.pk]))

    assert answer.text.count('class="cell-') == 50 * 36


def test_an_empty_cohort_says_how_people_join(signed_in, place):
    page = signed_in(place.organiser).get(reverse("cohort", args=[place.cohort.pk])).text
    code = place.cohort.join_code

    assert "Nobody has joined yet." in page
    assert f"{code[:4]} {code[4:]}" in page
    assert f"http://testserver{reverse('join_cohort', args=[code])}" in page


def test_the_board_says_what_each_person_has_done(signed_in, place):
    amina = make_enrolment(place.cohort, make_person("Amina Yusuf"))
    attend(amina, 1)

    answer = signed_in(place.organiser).get(reverse("cohort", args=[place.cohort.pk]))

    assert [(row.name, line) for row, line, _cells in answer.context["people"]] == [
        ("Amina Yusuf", "Sessions 1 of 1 · Lessons 0 of 2 · can still complete")
    ]
    assert answer.context["sessions"][0]["marked"] == "1 here"


def test_a_facilitator_sees_the_board_but_neither_addresses_nor_the_code(signed_in, place):
    dev = make_enrolment(place.cohort, make_person("Dev", email="dev@example.org"))
    attend(dev, 1, 2, mark=AttendanceMark.ABSENT)

    page = signed_in(place.fola).get(reverse("cohort", args=[place.cohort.pk])).text

    assert "Was not at the last two sessions." in page
    for hidden in ["dev@example.org", place.cohort.join_code, reverse("organise") + "new"]:
        assert hidden not in page
    assert reverse("attendance", args=[place.cohort.pk, place.second.pk]) in page
    assert reverse("attendance", args=[place.cohort.pk, place.first.pk]) not in page


def test_an_organiser_can_write_to_who_might_be_glad_of_a_call(signed_in, place):
    dev = make_enrolment(place.cohort, make_person("Dev", email="dev+me@example.org"))
    attend(dev, 1, 2, mark=AttendanceMark.ABSENT)

    page = signed_in(place.organiser).get(reverse("cohort", args=[place.cohort.pk])).text

    assert f'href="{reverse("person_note", args=[place.cohort.pk, dev.pk])}"' in page


def test_names_are_text_and_never_markup(signed_in, place):
    make_enrolment(place.cohort, make_person("<script>alert(1)</script>"))

    page = signed_in(place.organiser).get(reverse("cohort", args=[place.cohort.pk])).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_closing_and_opening_joining(signed_in, place):
    client, there = signed_in(place.organiser), reverse("cohort_joining", args=[place.cohort.pk])

    closed = client.post(there, {"open": "0"}, follow=True).text
    was_open = Cohort.objects.get().joining_open
    opened = client.post(there, {"open": "1"}, follow=True).text

    assert (was_open, Cohort.objects.get().joining_open) == (False, True)
    assert "The code is closed for now." in closed
    assert "People can join with the code now." in opened


def test_asking_for_the_joining_address_changes_nothing(signed_in, place):
    answer = signed_in(place.organiser).get(reverse("cohort_joining", args=[place.cohort.pk]))

    assert (answer.status_code, Cohort.objects.get().joining_open) == (405, True)


# --- Starting a cohort -------------------------------------------------------------------------


def filled_in(place, **changes):
    day = timezone.localdate() + timedelta(days=30)
    return {
        "edition": place.edition.pk,
        "name": "Evening group",
        "day": day.isoformat(),
        "time": "10:00",
        "way": "phone",
        "place": "0800 000 000",
        "capacity": "12",
        "facilitator": place.maria.pk,
        "co_facilitator": place.sam.pk,
        "one_facilitator_reason": "",
    } | changes


def start(client, place, **changes):
    """Fill in the form and, if there is nothing to mend, start the group on the dates shown."""
    sent = filled_in(place, **changes)
    answer = client.post(reverse("cohort_new"), sent)
    if answer.status_code == 200:
        days = {field.html_name: field.initial.isoformat() for field in answer.context["form"]}
        return client.post(reverse("cohort_new"), sent | days)
    return answer


def test_starting_a_cohort_leads_to_its_page(signed_in, place):
    answer = start(signed_in(place.organiser), place)

    cohort = Cohort.objects.get(name="Evening group")
    first = cohort.session_runs.get(number=1)
    assert answer.url == reverse("cohort", args=[cohort.pk])
    assert (cohort.organisation, cohort.edition, cohort.way, cohort.capacity) == (
        place.organisation,
        place.edition,
        "phone",
        12,
    )
    assert (first.facilitator, first.co_facilitator) == (place.maria, place.sam)
    assert timezone.localtime(first.starts_at).strftime("%H:%M") == "10:00"
    assert cohort.started_by == place.organiser


def test_the_dates_are_shown_before_anything_is_kept(signed_in, place):
    answer = signed_in(place.organiser).post(reverse("cohort_new"), filled_in(place))

    first = timezone.localdate() + timedelta(days=30)
    shown = [(field.html_name, field.initial) for field in answer.context["form"]]
    assert answer.status_code == 200
    assert shown[0] == ("day_1", first)
    assert Cohort.objects.count() == 1


def test_weeks_that_are_left_out_are_named_with_their_reason(signed_in, place):
    first = timezone.localdate() + timedelta(days=30)
    place.organisation.closed_days.create(
        first_day=first, last_day=first, name="The rooms are painted"
    )

    page = signed_in(place.organiser).post(reverse("cohort_new"), filled_in(place))

    skipped = page.context["skipped"]
    assert (skipped[0].day, skipped[0].what_for) == (first, "The rooms are painted")
    assert page.context["form"]["day_1"].initial > first
    assert "The rooms are painted" in page.text


def test_each_day_may_be_changed_before_the_group_is_started(signed_in, place):
    first = timezone.localdate() + timedelta(days=30)
    days = {"day_1": first.isoformat(), "day_2": (first + timedelta(days=3)).isoformat()}

    signed_in(place.organiser).post(reverse("cohort_new"), filled_in(place) | days)

    cohort = Cohort.objects.get(name="Evening group")
    assert [
        timezone.localtime(run.starts_at).strftime("%Y-%m-%d %H:%M")
        for run in cohort.session_runs.all()
    ] == [f"{days['day_1']} 10:00", f"{days['day_2']} 10:00"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Choose the day."),
        ("soon", "We could not read that day."),
        ("9999-12-31", "That day is far away."),
        ("2000-01-01", "That day is far away."),
    ],
)
def test_a_day_that_cannot_be_is_named_and_nothing_is_kept(signed_in, place, day, said):
    first = (timezone.localdate() + timedelta(days=30)).isoformat()

    answer = signed_in(place.organiser).post(
        reverse("cohort_new"), filled_in(place) | {"day_1": first, "day_2": day}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["day_2"]
    assert answer.context["form"].errors["day_2"][0].startswith(said)
    assert f'value="{first}"' in answer.text
    assert Cohort.objects.count() == 1


def test_sessions_out_of_order_are_asked_about(signed_in, place):
    first = timezone.localdate() + timedelta(days=30)
    days = {"day_1": first.isoformat(), "day_2": (first - timedelta(days=1)).isoformat()}

    answer = signed_in(place.organiser).post(reverse("cohort_new"), filled_in(place) | days)

    assert answer.context["form"].errors == {
        "day_2": ["This is before the session it follows. Look once more."]
    }


def test_going_back_from_the_dates_keeps_what_was_filled_in(signed_in, place):
    answer = signed_in(place.organiser).post(
        reverse("cohort_new"), filled_in(place) | {"day_1": "2027-01-01", "back": "1"}
    )

    assert answer.status_code == 200
    assert 'value="0800 000 000"' in answer.text
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": ""}, "name", "Give the group a name."),
        ({"name": "x" * 121}, "name", "Please use a name of 120 letters or fewer."),
        ({"day": ""}, "day", "Choose the day."),
        ({"day": "soon"}, "day", "We could not read that day. Write it like 2026-11-03."),
        ({"day": "9999-12-31"}, "day", "That day is far away."),
        ({"day": "0001-01-01"}, "day", "That day is far away."),
        ({"time": "ten"}, "time", "We could not read that time. Write it like 10:00."),
        ({"capacity": "0"}, "capacity", "Choose a number of places from 1 to 500."),
        ({"capacity": "9" * 40}, "capacity", "Choose a number of places from 1 to 500."),
        ({"capacity": "many"}, "capacity", "Write the number of places in figures, like 16."),
        ({"way": "balloon"}, "way", "That choice is no longer on the list."),
        ({"edition": "1" * 40}, "edition", "That choice is no longer on the list."),
        ({"facilitator": "x"}, "facilitator", "That choice is no longer on the list."),
        ({"co_facilitator": ""}, "co_facilitator", "Name two facilitators, or say why"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(signed_in, place, changes, field, said):
    answer = start(signed_in(place.organiser), place, **changes)

    [problem] = answer.context["form"].errors[field]
    assert answer.status_code == 422
    assert problem.startswith(said)
    assert list(answer.context["form"].errors) == [field]
    assert 'value="0800 000 000"' in answer.text
    assert Cohort.objects.count() == 1


def test_one_facilitator_is_fine_with_a_reason(signed_in, place):
    start(
        signed_in(place.organiser),
        place,
        co_facilitator="",
        one_facilitator_reason="Sam is away until May",
    )

    run = Cohort.objects.get(name="Evening group").session_runs.first()
    assert (run.co_facilitator, run.one_facilitator_reason) == (None, "Sam is away until May")


def test_the_same_person_twice_is_no_pair(signed_in, place):
    answer = start(signed_in(place.organiser), place, co_facilitator=place.maria.pk)

    assert answer.context["form"].errors == {
        "co_facilitator": ["Name two different people. Sessions are led by a pair."]
    }


def test_a_time_that_the_clocks_skip_is_explained(signed_in, place):
    today = timezone.localdate()
    spring = next(
        day
        for day in (datetime(today.year + 1, 3, n).date() for n in range(25, 32))
        if day.weekday() == 6
    )

    answer = start(signed_in(place.organiser), place, day=spring.isoformat(), time="01:30")

    assert answer.context["form"].errors == {
        "time": ["The clocks change at that time, so it is not clear. Choose another time."]
    }


def test_people_of_other_organisations_cannot_be_named(signed_in, place):
    elsewhere = with_role(place, RoleKind.FACILITATOR, make_organisation())

    answer = start(signed_in(place.organiser), place, co_facilitator=elsewhere.pk)

    assert answer.context["form"].errors == {
        "co_facilitator": ["That choice is no longer on the list. Choose another."]
    }


def test_an_organiser_of_two_organisations_chooses_and_the_pair_has_to_fit(signed_in, place):
    other = make_organisation("Hillside Peers")
    make_role(place.organiser, other)
    client = signed_in(place.organiser)

    unsaid = start(client, place).context["form"].errors
    misfit = start(client, place, organisation=other.pk).context["form"].errors
    fits = start(client, place, organisation=place.organisation.pk)

    assert unsaid == {"organisation": ["Choose the organisation."]}
    assert misfit == {
        "facilitator": ["Maria does not lead in Hillside Peers. Choose somebody who does."],
        "co_facilitator": ["Sam does not lead in Hillside Peers. Choose somebody who does."],
    }
    assert fits.status_code == 302


def test_the_latest_edition_of_each_course_comes_first(signed_in, place):
    from courses.actions.editions import make_edition as another

    second = another(course=place.edition.course, by=None, at=NOW)
    other = make_edition(sessions=1, sessions_required=1, title="Zen and tea")

    form = signed_in(place.organiser).get(reverse("cohort_new")).context["form"]

    assert list(form.fields["edition"].queryset) == [second, other, place.edition]
    assert [label for _pk, label in form.fields["edition"].choices] == [
        "Becoming a peer facilitator, edition 2",
        "Zen and tea, edition 1",
        "Becoming a peer facilitator, edition 1",
    ]


def test_without_an_edition_the_page_says_what_is_missing(signed_in):
    organiser = make_organiser(make_organisation())

    page = signed_in(organiser).get(reverse("cohort_new")).text

    assert "There is no course to start with yet." in page


# --- Changing a session ------------------------------------------------------------------------


def test_changing_a_session(signed_in, place):
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    there = reverse("session_run", args=[place.cohort.pk, place.first.pk])

    answer = signed_in(place.organiser).post(
        there,
        {
            "day": day,
            "time": "18:30",
            "facilitator": place.fola.pk,
            "co_facilitator": place.sam.pk,
        },
    )

    run = SessionRun.objects.get(pk=place.first.pk)
    assert answer.url == reverse("cohort", args=[place.cohort.pk])
    assert timezone.localtime(run.starts_at).strftime("%Y-%m-%d %H:%M") == f"{day} 18:30"
    assert (run.facilitator, run.co_facilitator) == (place.fola, place.sam)


def test_a_session_keeps_its_pair_when_it_is_saved_as_it_stands(signed_in, place):
    """Also when one of them has no role any more."""
    place.maria.roles.all().delete()
    client, there = (
        signed_in(place.organiser),
        reverse("session_run", args=[place.cohort.pk, place.first.pk]),
    )
    SessionRun.objects.update(starts_at=timezone.now())
    shown = client.get(there).context["form"]
    sent = {field.name: field.value() or "" for field in shown}
    sent |= {"day": sent["day"].isoformat(), "time": sent["time"].strftime("%H:%M")}

    answer = client.post(there, sent)

    assert answer.status_code == 302
    assert SessionRun.objects.get(pk=place.first.pk).facilitator == place.maria


def test_a_session_without_a_pair_says_what_to_do(signed_in, place):
    there = reverse("session_run", args=[place.cohort.pk, place.first.pk])

    answer = signed_in(place.organiser).post(there, {"day": "2026-11-03", "time": "10:00"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["co_facilitator"] == [
        "Name two facilitators, or say why there is only one."
    ]


# --- The board as a file -----------------------------------------------------------------------


def table(answer):
    """The file's lines, after the mark that says UTF-8."""
    data = b"".join(answer.streaming_content)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_file_says_what_the_board_says(signed_in, place):
    milestone = make_milestone(make_enrolment(place.cohort, make_person("Amina Yusuf")))
    dev = make_enrolment(place.cohort, make_person("Dev", email="dev@example.org"))
    attend(dev, 1, 2, mark=AttendanceMark.EXCUSED)

    answer = signed_in(place.organiser).get(reverse("cohort_csv", args=[place.cohort.pk]))
    head, amina, dev_line = table(answer)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="tuesday-group.csv"'
    assert head == [
        "Name",
        "Joined",
        "Sessions",
        "Sessions needed",
        "Lessons",
        "Lessons needed",
        "Session 1: Session 1",
        "Session 2: Session 2",
        "Lesson 1.1: Lesson 1.1",
        "Lesson 2.1: Lesson 2.1",
        "Completed",
        "Ready to co-facilitate",
        "Might be glad of a call",
    ]
    assert amina == [
        "Amina Yusuf",
        "2026-09-01",
        *["1", "1", "2", "2"],
        *["here", "here", "finished", "finished"],
        timezone.localdate(milestone.reached_at).isoformat(),
        "",
        "",
    ]
    assert dev_line[:10] == [
        "Dev",
        "2026-09-01",
        *["0", "1", "0", "2"],
        *["excused", "excused", "not yet", "not yet"],
    ]
    assert dev_line[10:12] == ["", ""]
    assert dev_line[12].startswith("Was not at the last two sessions. Needs a catch-up")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_is_taken_for_a_formula(signed_in, place, sign):
    make_enrolment(place.cohort, make_person(f"{sign}HYPERLINK(1)"))

    _head, line = table(
        signed_in(place.organiser).get(reverse("cohort_csv", args=[place.cohort.pk]))
    )

    assert line[0] == f"'{sign}HYPERLINK(1)"


def test_the_file_holds_no_addresses(signed_in, place):
    make_enrolment(place.cohort, make_person("Dev", email="dev@example.org"))

    answer = signed_in(place.organiser).get(reverse("cohort_csv", args=[place.cohort.pk]))

    assert b"example.org" not in b"".join(answer.streaming_content)


def test_the_file_of_an_empty_cohort_has_its_head(signed_in, place):
    answer = signed_in(place.organiser).get(reverse("cohort_csv", args=[place.cohort.pk]))

    assert len(table(answer)) == 1


def test_a_link_to_a_session_says_of_which_one_in_words_that_stand_apart(signed_in, place):
    html = signed_in(place.organiser).get(reverse("cohort", args=[place.cohort.pk])).content

    links = [" ".join(strip_tags(link).split()) for link in LINK.findall(html.decode())]

    assert [said for said in links if said.endswith("session 2")] == [
        "Guide to session 2",
        "Mark attendance of session 2",
        "Move or change session 2",
        "How it went, session 2",
    ]
