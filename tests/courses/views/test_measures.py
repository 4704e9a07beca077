"""Measures: switched on by an organisation, answered or skipped by people, told in groups."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses import measure_words, measures
from courses.actions import measures as actions
from courses.measure_counting import ALL, of_cohort, of_organisation
from courses.models import Instrument, MeasureAnswer, MeasureTotal, Milestone, MilestoneKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
)
from tests.factories.measures import SIX, answer_measure, make_instrument, make_ons4, make_semcd6

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation("Riverside Peers")


@pytest.fixture
def cohort(organisation):
    edition = make_edition(sessions=1, sessions_required=1)
    return make_cohort(edition, organisation, first_session_at=timezone.now())


@pytest.fixture
def amina(cohort):
    return make_enrolment(cohort, make_person("Amina Yusuf"))


@pytest.fixture
def organiser(organisation):
    return make_organiser(organisation)


def own_page(enrolment, instrument):
    return reverse("measure", args=[enrolment.pk, instrument.pk])


def offered(client, enrolment):
    """The names of what the course offers somebody."""
    page = client.get(reverse("course", args=[enrolment.pk]))
    return [each.title for each in page.context["measures"]]


def complete(enrolment):
    Milestone.objects.create(
        enrolment=enrolment,
        kind=MilestoneKind.COMPLETION,
        edition=enrolment.cohort.edition,
        reached_at=timezone.now(),
        evidence={},
    )


def several(cohort, instrument, many, before, after):
    """So many people of a cohort answer the same before and after."""
    for n in range(many):
        person = make_enrolment(cohort, make_person(f"Person {n}"))
        answer_measure(person, instrument, before, after)


# --- Being asked -------------------------------------------------------------------------------


def test_a_measure_is_offered_before_and_after_and_not_twice(signed_in, amina, organisation):
    ours = make_instrument(organisation)
    client = signed_in(amina.trainee)
    seen = [offered(client, amina)]

    client.post(own_page(amina, ours), {"do": "answer", "q0": "4"})
    seen.append(offered(client, amina))
    complete(amina)
    seen.append(offered(client, amina))
    client.post(own_page(amina, ours), {"do": "answer", "q0": "8"})
    seen.append(offered(client, amina))

    assert seen == [["Our measure"], [], ["Our measure"], []]
    kept = MeasureAnswer.objects.values_list("moment", "numbers")
    assert list(kept) == [("before", [4]), ("after", [8])]


def test_who_leaves_it_out_is_not_asked_again_before_or_after(signed_in, amina, organisation):
    ours = make_instrument(organisation)
    client = signed_in(amina.trainee)

    client.post(own_page(amina, ours), {"do": "skip"})
    before = offered(client, amina)
    complete(amina)

    assert (before, offered(client, amina)) == ([], [])
    assert list(MeasureAnswer.objects.values_list("numbers", "is_skipped")) == [([], True)]


def test_nothing_is_asked_that_is_off_or_is_for_another_group(signed_in, amina, organisation):
    make_instrument(organisation, title="Off", is_on=False)
    make_instrument(make_organisation(), title="Elsewhere")
    other = make_instrument(organisation, title="Another group")
    other.cohorts.set([make_cohort(amina.cohort.edition, organisation)])
    own = make_instrument(organisation, title="This group")
    own.cohorts.set([amina.cohort])

    assert offered(signed_in(amina.trainee), amina) == ["This group"]


def test_a_measure_that_somebody_is_not_asked_about_is_not_found(signed_in, amina, organisation):
    elsewhere = make_instrument(make_organisation())
    off = make_instrument(organisation, is_on=False)
    client = signed_in(amina.trainee)

    answers = [client.get(own_page(amina, each)).status_code for each in (elsewhere, off)]

    assert answers == [404, 404]


def test_any_question_may_be_left_out(signed_in, amina, organisation):
    six = make_semcd6(organisation)

    signed_in(amina.trainee).post(own_page(amina, six), {"do": "answer", "q1": "10"})

    assert MeasureAnswer.objects.get().numbers == [None, 10, None, None, None, None]


def test_a_question_that_was_chosen_can_be_left_out_again(signed_in, amina, organisation):
    six = make_semcd6(organisation)
    sent = {"do": "answer", "q0": "", "q1": "10", "q2": ""}

    signed_in(amina.trainee).post(own_page(amina, six), sent)

    assert MeasureAnswer.objects.get().numbers == [None, 10, None, None, None, None]


def test_two_neighbours_sent_for_one_question_count_as_on_paper(signed_in, amina, organisation):
    six = make_semcd6(organisation)
    sent = {"do": "answer", "q0": ["4", "5"], "q1": ["4", "9"]}

    signed_in(amina.trainee).post(own_page(amina, six), sent)

    assert MeasureAnswer.objects.get().numbers[:2] == [4, None]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Nothing is chosen yet. Choose a number, or leave it all out below."),
        ({"q0": "0"}, "Choose one of the numbers."),
        ({"q0": "11"}, "Choose one of the numbers."),
    ],
)
def test_what_is_not_on_the_scale_is_asked_for_again(
    signed_in, amina, organisation, sent, problem
):
    six = make_semcd6(organisation)

    answer = signed_in(amina.trainee).post(own_page(amina, six), {"do": "answer", **sent})

    assert (answer.status_code, problem in answer.text) == (422, True)
    assert MeasureAnswer.objects.count() == 0


def test_answers_can_be_taken_back_and_nothing_of_them_stays(signed_in, amina, organisation):
    ours = make_instrument(organisation)
    answer_measure(amina, ours, [4])
    client = signed_in(amina.trainee)

    page = client.get(own_page(amina, ours)).text
    client.post(own_page(amina, ours), {"do": "take-back-before"})

    assert "How is it going? <strong>4</strong>" in page
    assert list(MeasureAnswer.objects.values_list("numbers", "is_skipped")) == [([], True)]


def test_what_came_first_counts(amina, organisation):
    ours = make_instrument(organisation)

    answer_measure(amina, ours, [4])
    answer_measure(amina, ours, [9])

    assert MeasureAnswer.objects.get().numbers == [4]


# --- Switching it on -----------------------------------------------------------------------------


def change_page(instrument):
    return reverse("measure_change", args=[instrument.organisation_id, instrument.pk])


def as_form(instrument, **changes):
    """What the form sends when nothing but this is changed."""
    return {
        "do": "save",
        "title": instrument.title,
        "language": "en",
        "questions": "\n".join(instrument.questions),
        "lowest": instrument.lowest,
        "highest": instrument.highest,
        "scoring": instrument.scoring,
        "missing_at_most": instrument.missing_at_most,
        "licence_status": instrument.licence_status,
    } | changes


def test_an_organisation_adds_ons4_and_asks_about_it(signed_in, organiser, organisation):
    client = signed_in(organiser)

    client.post(reverse("measures", args=[organisation.pk]), {"do": "add-ons4"})
    added = Instrument.objects.get()
    assert added.is_on is False
    answer = client.post(change_page(added), as_form(added, lower_is_better="4", is_on="on"))

    assert answer.status_code == 302
    added.refresh_from_db()
    assert (added.is_on, added.lower_is_better, len(added.questions)) == (True, [4], 4)


def test_semcd6_is_not_switched_on_before_its_questions_are_typed_in(
    signed_in, organiser, organisation
):
    client = signed_in(organiser)
    client.post(reverse("measures", args=[organisation.pk]), {"do": "add-semcd6"})
    added = Instrument.objects.get()

    without = client.post(change_page(added), as_form(added, is_on="on"))
    client.post(change_page(added), as_form(added, questions="\r\n".join(SIX), is_on="on"))

    assert without.status_code == 422
    assert "Type in the questions before you ask people about them." in without.text
    added.refresh_from_db()
    assert (added.is_on, added.questions) == (True, SIX)


@pytest.mark.parametrize("status", ["free_with_registration", "licensed"])
@pytest.mark.parametrize(
    ("said", "status_code"),
    [
        ({}, 422),
        ({"licence_reference": "No. 12"}, 422),
        ({"takes_responsibility": "on"}, 422),
        ({"licence_reference": "No. 12", "takes_responsibility": "on"}, 302),
    ],
)
def test_what_needs_a_licence_is_on_only_with_it_and_with_somebody_who_answers_for_it(
    signed_in, organiser, organisation, status, said, status_code
):
    ours = make_instrument(organisation, is_on=False)

    sent = as_form(ours, licence_status=status, is_on="on", **said)
    answer = signed_in(organiser).post(change_page(ours), sent)

    assert answer.status_code == status_code
    ours.refresh_from_db()
    assert ours.is_on is (status_code == 302)
    assert ours.responsible == (organiser if status_code == 302 else None)


def test_the_database_refuses_a_measure_that_is_on_without_its_licence(organisation):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_instrument(organisation, licence_status=measures.LICENSED, is_on=True)


def test_the_action_refuses_it_as_well(organisation, organiser):
    ours = make_instrument(organisation, is_on=False, licence_status=measures.LICENSED)

    with pytest.raises(actions.CannotSwitchOn):
        actions.change(
            instrument=ours,
            details={"licence_reference": "No. 12"},
            cohorts=[],
            is_on=True,
            takes_responsibility=False,
            by=organiser,
            at=NOW,
        )


def test_once_somebody_has_answered_the_questions_stay(signed_in, organiser, amina, organisation):
    ours = make_instrument(organisation)
    answer_measure(amina, ours, [4])

    sent = as_form(ours, title="A new name", questions="Something else?", highest=7, is_on="on")
    signed_in(organiser).post(change_page(ours), sent)

    ours.refresh_from_db()
    assert (ours.title, ours.questions, ours.highest) == ("A new name", ["How is it going?"], 10)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": ""}, "Give the measure a name."),
        ({"lowest": 5, "highest": 5}, "The highest number is above the lowest one."),
        ({"highest": 50}, "Use 20 steps at most, so that people can see them all."),
        ({"lower_is_better": "4"}, "There is no question at this place."),
        ({"lower_is_better": "four"}, "Write the places as numbers, like 4."),
        ({"cohorts": ["999999"]}, "One of these groups is no longer there."),
    ],
)
def test_a_measure_that_does_not_hold_together_is_looked_at_again(
    signed_in, organiser, organisation, changes, problem
):
    ours = make_instrument(organisation)

    answer = signed_in(organiser).post(change_page(ours), as_form(ours, **changes))

    assert (answer.status_code, problem in answer.text) == (422, True)


def test_a_measure_of_ones_own_begins_off_and_counts_as_licensed(
    signed_in, organiser, organisation
):
    signed_in(organiser).post(reverse("measures", args=[organisation.pk]), {"do": "begin"})

    begun = Instrument.objects.get()
    assert (begun.is_on, begun.licence_status) == (False, measures.LICENSED)


def test_a_measure_is_taken_off_the_list_only_while_nobody_was_asked(
    signed_in, organiser, amina, organisation
):
    asked, fresh = make_instrument(organisation), make_instrument(organisation)
    answer_measure(amina, asked, [4])

    for each in (asked, fresh):
        signed_in(organiser).post(change_page(each), {"do": "remove"})

    assert list(Instrument.objects.all()) == [asked]


def test_somebody_elses_measures_are_not_found(signed_in, organisation):
    ours = make_instrument(organisation)
    client = signed_in(make_organiser(make_organisation("Elsewhere")))

    answers = [
        client.get(change_page(ours)),
        client.get(reverse("measures", args=[organisation.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


# --- What is told ------------------------------------------------------------------------------


def report_of(cohort, joined=30):
    return of_cohort(cohort, {cohort.pk: (joined, False)})


def test_figures_begin_at_five_who_answered_both_times(cohort, organisation):
    ours = make_instrument(organisation)
    several(cohort, ours, 4, [4], [8])
    few = report_of(cohort).measured[0].parts
    several(cohort, ours, 1, [4], [8])

    (enough,) = report_of(cohort).measured[0].parts

    assert few == ()
    assert (enough.people, enough.before, enough.after) == (5, 4, 8)
    assert (enough.before_bands, enough.after_bands) == ((0, 5, 0), (0, 0, 5))


def test_who_answered_once_only_or_skipped_is_not_in_it(cohort, organisation):
    ours = make_instrument(organisation)
    several(cohort, ours, 5, [4], [8])
    several(cohort, ours, 3, [1], None)
    several(cohort, ours, 3, None, [1])
    skips = make_enrolment(cohort)
    actions.skip(enrolment=skips, instrument=ours, moment=measures.BEFORE, at=NOW)

    (part,) = report_of(cohort).measured[0].parts

    assert (part.people, part.before) == (5, 4)


def test_a_band_of_few_is_hidden_and_cannot_be_worked_out(cohort, organisation):
    ours = make_instrument(organisation)
    several(cohort, ours, 12, [5], [9])
    several(cohort, ours, 2, [1], [9])

    (part,) = report_of(cohort).measured[0].parts

    assert part.before_bands[0] is None
    assert part.before_bands.count(None) + (part.people is None) >= 2
    assert part.after_bands in [(0, 0, 14), (0, 0, None)]


def test_the_whole_gives_away_no_small_group(cohort, organisation):
    ours = make_instrument(organisation)
    small = make_cohort(cohort.edition, organisation)
    several(cohort, ours, 9, [4], [8])
    several(small, ours, 2, [1], [1])
    joined = {cohort.pk: (9, False), small.pk: (30, False), ALL: (39, False)}

    (part,) = of_organisation(organisation, joined).measured[0].parts

    assert part.people is None  # 11 less the 9 of the other report would be 2
    assert of_cohort(small, joined).measured[0].parts == ()


def test_each_question_of_ons4_stands_apart_and_the_last_runs_the_other_way(cohort, organisation):
    several(cohort, make_ons4(organisation), 5, [4, 5, 6, 9], [6, 7, 8, 3])

    parts = report_of(cohort).measured[0].parts

    assert [(each.before, each.after, each.lower_is_better) for each in parts] == [
        (4, 6, False),
        (5, 7, False),
        (6, 8, False),
        (9, 3, True),
    ]


def test_semcd6_is_never_drawn_on_a_scale_of_another_measure(cohort, organisation):
    several(cohort, make_semcd6(organisation), 5, [1] * 6, [10] * 6)
    several(cohort, make_ons4(organisation), 5, [0] * 4, [10] * 4)

    drawn = measure_words.sections(report_of(cohort))

    ends = {
        section.title: [word.text for word in section.shift.words if word.is_end]
        for section in drawn
    }
    assert ends.pop("SEMCD-6") == ["1", "10"]
    assert list(ends.values()) == [["0", "10"]] * 4
    (own,) = (section for section in drawn if section.title == "SEMCD-6")
    assert (own.shift.before, own.shift.after) == (own.shift.left, own.shift.right)


def test_a_measure_is_never_in_a_section_with_the_confidence_of_facilitators(
    signed_in, organiser, cohort, organisation
):
    several(cohort, make_semcd6(organisation), 5, [1] * 6, [10] * 6)

    page = signed_in(organiser).get(reverse("cohort_figures", args=[cohort.pk]))

    keys = [section.key for section in page.context["sections"]]
    assert keys.count("confidence") == 1
    assert len([key for key in keys if key.startswith("measure-")]) == 1
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("cohorts", "people"), [(1, 5), (3, 6)])
def test_it_takes_three_queries(cohort, organisation, django_assert_num_queries, cohorts, people):
    ours = make_instrument(organisation)
    others = [make_cohort(cohort.edition, organisation) for _n in range(cohorts - 1)]
    for each in [cohort, *others]:
        several(each, ours, people, [4], [8])
    joined = {each.pk: (people, False) for each in [cohort, *others]}

    with django_assert_num_queries(3):  # the answers, the measures, the totals
        found = of_organisation(organisation, joined | {ALL: (people * cohorts, False)})
        measure_words.sections(found)


# --- Totals from elsewhere -----------------------------------------------------------------------


def totals_sent(**changes):
    sent = {
        "title": "SWEMWBS",
        "licence_reference": "Registered in 2026",
        "cohort": "",
        "on": "2026-10-02",
        "people": "8",
        "before": "20.5",
        "after": "23.25",
    } | changes
    return {"do": "total"} | {f"total-{name}": value for name, value in sent.items()}


def test_totals_of_a_licensed_measure_are_kept_without_any_question(
    signed_in, organiser, organisation
):
    where = reverse("measures", args=[organisation.pk])
    client = signed_in(organiser)

    client.post(where, totals_sent())
    client.post(where, totals_sent())

    kept = MeasureTotal.objects.values_list("title", "on", "people", "before", "after")
    assert [(*each[:3], *map(float, each[3:])) for each in kept] == [
        ("SWEMWBS", date(2026, 10, 2), 8, 20.5, 23.25)
    ]
    figures = client.get(reverse("organisation_figures", args=[organisation.pk]))
    (section,) = (s for s in figures.context["sections"] if s.key == "measure-totals")
    assert section.rows[0][2:] == ("8", "20.50", "23.25")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"people": "4"},
            "Totals of fewer than 5 people are not kept, so that nobody is known.",
        ),
        ({"licence_reference": ""}, "Name your licence for it."),
        ({"on": "soon"}, "We could not read that day. Write it like 2026-11-03."),
        ({"before": "a lot"}, "Write a number, like 6.4."),
        ({"cohort": "999999"}, "That group is no longer there."),
    ],
)
def test_totals_that_cannot_be_kept_are_asked_for_again(
    signed_in, organiser, organisation, changes, problem
):
    where = reverse("measures", args=[organisation.pk])

    answer = signed_in(organiser).post(where, totals_sent(**changes))

    assert (answer.status_code, problem in answer.text) == (422, True)
    assert MeasureTotal.objects.count() == 0


def test_totals_can_be_taken_off_again_by_their_own_organisation(
    signed_in, organiser, organisation
):
    client = signed_in(organiser)
    client.post(reverse("measures", args=[organisation.pk]), totals_sent())
    total = MeasureTotal.objects.get()
    elsewhere = make_organisation("Elsewhere")
    stranger = signed_in(make_organiser(elsewhere))
    stranger.post(reverse("measures", args=[elsewhere.pk]), {"do": f"remove-{total.pk}"})
    left = MeasureTotal.objects.count()

    signed_in(organiser).post(
        reverse("measures", args=[organisation.pk]), {"do": f"remove-{total.pk}"}
    )

    assert (left, MeasureTotal.objects.count()) == (1, 0)


def test_the_spreadsheet_of_a_group_holds_what_its_page_shows(
    signed_in, organiser, cohort, organisation
):
    several(cohort, make_semcd6(organisation), 5, [2] * 6, [9] * 6)

    answer = signed_in(organiser).get(reverse("cohort_figures_csv", args=[cohort.pk]))

    lines = csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")))
    assert [line[1:] for line in lines if line[0] == "SEMCD-6"] == [
        ["What", "Before", "After"],
        ["Mean", "2.0", "9.0"],
        ["People", "5", "5"],
        ["People under 4", "5", "0"],
        ["People from 4 to under 8", "0", "0"],
        ["People at 8 and over", "0", "5"],
    ]


def test_a_measure_whose_name_looks_like_a_formula_stays_a_name(
    signed_in, organiser, cohort, organisation
):
    several(cohort, make_instrument(organisation, title="=1+1"), 5, [2], [9])

    answer = signed_in(organiser).get(reverse("cohort_figures_csv", args=[cohort.pk]))

    lines = answer.content.decode().splitlines()
    assert ("'=1+1,Mean,2.0,9.0" in lines, "=1+1,Mean,2.0,9.0" in lines) == (True, False)
