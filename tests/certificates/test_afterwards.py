"""What happens to a certificate after it was issued, and that the old one stays as it was."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from certificates.actions import afterwards, issuing
from certificates.life import Standing, State
from certificates.models import Certificate, NameTurn, PauseTurn, Renewal
from courses.actions import rechecking
from courses.dates import after_months
from courses.models import AttendanceMark
from tests.certificates.make import ISSUED_AT, make_certificate, make_ready_certificate
from tests.factories.courses import attend, make_organiser, make_person

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 10, 20, 9, tzinfo=UTC)


def anew(certificate):
    return Certificate.objects.for_reading().get(pk=certificate.pk)


def renamed(certificate, name="Rhys Prŷs", **more):
    return issuing.reissue(
        certificate=certificate,
        because="name",
        name=name,
        by=certificate.holder,
        at=LATER,
        **more,
    )


# --- another one in its place ------------------------------------------------------------------


def test_a_new_name_gives_a_new_certificate_and_the_old_one_says_replaced():
    old = make_certificate(trainee=make_person("Rhiannon Prŷs"))

    new = renamed(old)

    assert (new.name, new.replaces, new.replaced_because) == ("Rhys Prŷs", old, "name")
    assert (new.state, anew(old).state) == (State.VALID, State.REPLACED)
    assert new.serial != old.serial


def test_all_that_was_not_changed_is_printed_as_before():
    old = make_certificate()

    new = renamed(old)

    same = set(issuing.AS_BEFORE) - {"name"}
    assert {name: getattr(new, name) for name in same} == {
        name: getattr(old, name) for name in same
    }


def test_the_old_one_keeps_every_byte():
    old = make_certificate()
    before = Certificate.objects.values().get(pk=old.pk)

    renamed(old)

    assert Certificate.objects.values().get(pk=old.pk) == before


def test_twice_is_once():
    old = make_certificate()

    assert renamed(old, "Rhys").pk == renamed(old, "Ruth").pk
    assert Certificate.objects.count() == 2


def test_a_chain_has_one_that_counts():
    first = make_certificate()
    second = renamed(first, "Rhys")
    third = renamed(second, "Ruth")

    assert [anew(each).state for each in (first, second, third)] == [
        State.REPLACED,
        State.REPLACED,
        State.VALID,
    ]
    assert list(Certificate.objects.current()) == [third]
    assert list(Certificate.objects.of(first.holder)) == [third]


def test_a_correction_keeps_who_it_was_and_why():
    old = make_certificate()
    organiser = make_organiser(old.organisation)

    new = issuing.reissue(
        certificate=old,
        because="correction",
        note="The last day was another one.",
        last_day=LATER.date(),
        by=organiser,
        at=LATER,
    )

    assert (new.last_day, new.training_day) == (LATER.date(), LATER.date())
    assert (new.replaced_note, new.issued_by) == ("The last day was another one.", organiser)


def test_what_was_withdrawn_is_not_issued_anew():
    old = make_certificate()
    by = make_organiser(old.organisation)
    afterwards.withdraw(certificate=old, reason="mistake", note="Twice.", by=by, at=LATER)

    with pytest.raises(issuing.Withdrawn):
        renamed(old)


def test_withdrawing_an_old_one_withdraws_the_one_that_counts():
    old = make_certificate()
    new = renamed(old)

    afterwards.withdraw(certificate=old, reason="mistake", note="Twice.", by=old.holder, at=LATER)

    assert (anew(new).state, anew(old).state) == (State.WITHDRAWN, State.REPLACED)


def test_asking_again_for_the_first_gives_the_first():
    old = make_certificate()
    renamed(old)

    assert issuing.issue(milestone=old.milestone, at=LATER).pk == old.pk


@pytest.mark.parametrize("what", ["withdraw", "correct"])
def test_C9_what_is_done_to_a_certificate_settles_what_was_to_be_looked_at(what):
    certificate = make_certificate()
    enrolment = certificate.milestone.enrolment
    attend(enrolment, 1, mark=AttendanceMark.ABSENT, at=LATER)
    before = rechecking.rechecks_of(enrolment)
    told = {"certificate": certificate, "by": make_organiser(certificate.organisation)}

    if what == "withdraw":
        afterwards.withdraw(reason="mistake", note="Was not there.", at=LATER, **told)
    else:
        issuing.reissue(because="correction", note="Other hours.", hours=12, at=LATER, **told)

    assert [each.kinds for each in before] == [("sessions_attended",)]
    assert rechecking.rechecks_of(enrolment) == ()


# --- how long it counts ------------------------------------------------------------------------


def test_C7_a_completion_has_no_end_and_ready_counts_for_twelve_months():
    trained = datetime(2026, 7, 20, tzinfo=UTC).date()
    day = trained + timedelta(days=10)
    completion, ready = make_certificate(), make_ready_certificate(trained)

    assert anew(completion).standing(day) == Standing(State.VALID)
    assert anew(ready).standing(day) == Standing(
        State.VALID, valid_until=trained.replace(year=2027), days_left=355
    )
    assert anew(ready).standing(trained.replace(year=2028)).state is State.LAPSED


def test_C7_a_renewal_counts_from_its_day():
    ready = make_ready_certificate()
    day = timezone.localdate()

    afterwards.renew(
        milestone=ready.milestone, kind="refresher", day=day, by=ready.holder, at=LATER
    )

    assert anew(ready).standing().valid_until == after_months(day, 12)


def test_a_renewal_that_is_noted_twice_is_there_once():
    ready = make_ready_certificate()
    told = {"milestone": ready.milestone, "day": timezone.localdate(), "by": ready.holder}

    for _n in range(2):
        afterwards.renew(kind="refresher", at=LATER, **told)

    assert Renewal.objects.count() == 1


def test_C7_a_pause_stops_the_clock_and_coming_back_lets_it_run():
    ready = make_ready_certificate()
    ends = anew(ready).standing().valid_until
    ago = timezone.localdate() - timedelta(days=20)
    told = {"milestone": ready.milestone, "by": ready.holder, "at": LATER}

    afterwards.pause(day=ago, reason="ill", **told)
    paused = anew(ready).standing()
    afterwards.go_on(day=ago + timedelta(days=15), **told)

    assert paused == Standing(State.PAUSED)
    assert anew(ready).standing().valid_until == ends + timedelta(days=15)


def test_a_pause_that_is_sent_twice_is_there_once():
    ready = make_ready_certificate()

    for _n in range(2):
        afterwards.pause(
            milestone=ready.milestone,
            day=LATER.date(),
            reason="caring",
            by=ready.holder,
            at=LATER,
        )

    assert PauseTurn.objects.count() == 1


def test_C7_only_a_series_makes_somebody_active():
    by_refresher, by_series = make_ready_certificate(), make_ready_certificate()
    day = timezone.localdate()
    for ready, kind in [(by_refresher, "refresher"), (by_series, "series")]:
        afterwards.renew(milestone=ready.milestone, kind=kind, day=day, by=ready.holder, at=LATER)

    assert anew(by_refresher).active_until() is None
    assert anew(by_series).active_until() == after_months(day, 12)


def test_what_somebody_did_and_chose_goes_on_with_a_new_name():
    old = make_ready_certificate()
    day = timezone.localdate()
    afterwards.renew(milestone=old.milestone, kind="series", day=day, by=old.holder, at=LATER)
    afterwards.show_name(milestone=old.milestone, is_hidden=True, at=LATER)

    new = anew(renamed(old))

    assert new.active_until() == after_months(day, 12)
    assert new.name_is_hidden


# --- the name on the check page ----------------------------------------------------------------


def test_a_name_is_shown_until_its_holder_hides_it_and_the_last_choice_counts():
    certificate = make_certificate()
    seen = [anew(certificate).name_is_hidden]

    for is_hidden in [True, True, False]:
        afterwards.show_name(milestone=certificate.milestone, is_hidden=is_hidden, at=ISSUED_AT)
        seen.append(anew(certificate).name_is_hidden)

    assert seen == [False, True, True, False]
    assert NameTurn.objects.count() == 2
