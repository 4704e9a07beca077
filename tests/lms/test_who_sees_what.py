"""Who sees what of a trainee: the field's table, asked of every screen, export and download.

Into everything that people write, and that is written about them, goes a word that stands nowhere
else. Then everybody near the trainee opens every address there is, and what they come across is
compared with the table. Where an address or a column with words has no row here yet, a test says
so: somebody has to decide who may see it first.
"""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from certificates import urls as certificate_urls
from content.samples import samples
from courses import urls as learner_urls
from courses import urls_groups, urls_mentors, urls_observe, urls_organise, urls_reminders
from courses.actions import delivery, editions, fidelity, invitations, outbox, progress, ready
from courses.actions.attendance import Mark, mark_attendance
from courses.actions.delivery import Went
from courses.actions.reminders import link_token
from courses.models import (
    AttendanceMark,
    Calibration,
    MessageKind,
    Milestone,
    MilestoneKind,
    PracticeTalk,
    Reflection,
    RoleKind,
    ShortAnswer,
    WaitingPlace,
)
from courses.name_list import read
from lms import urls as site_urls
from tests.answers import told
from tests.factories.about_you import say_about_you
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_mentor,
    make_organisation,
    make_organiser,
    make_person,
    make_plan,
    make_role,
    make_session,
    review,
    share,
)
from tests.factories.delivered import make_contact, make_group
from tests.factories.measures import answer_measure, make_instrument
from tests.factories.needs import share_needs
from tests.factories.practice import (
    SAMPLE,
    book,
    make_observer,
    make_slot,
    observe,
    review_own,
    rubric_body,
)

pytestmark = pytest.mark.django_db

# --- The table ---------------------------------------------------------------------------------

EVERYBODY = (
    "owner",
    "companion",
    "mentor",
    "observer",
    "another observer",
    "facilitator",
    "organiser",
    "safeguarding lead",
    "peer educator",
    "organiser elsewhere",
    "nobody",
)
# What there is to see of a trainee, and who comes across it.
TABLE = {
    "reflection": {"owner"},
    "own plan": {"owner"},
    "how a plan went": {"owner"},
    "plan for the group": {"owner", "companion", "facilitator"},
    "plan for the mentor": {"owner", "mentor"},
    "own answer": {"owner"},
    "lesson progress": {"owner", "mentor", "facilitator", "organiser"},
    "attendance": {"owner", "mentor", "facilitator", "organiser"},
    "why away": {"facilitator", "organiser"},
    "own review": {"owner"},
    "what was seen": {"owner", "mentor", "observer", "organiser"},
    "what to work on": {"owner", "mentor", "observer", "organiser"},
    # A practice that the trainee has not looked back on yet.
    "seen, not open yet": {"mentor", "observer", "organiser"},
    # Where few people live is nowhere even named: tests/courses/views/test_about_you.py.
    "about them": {"owner"},
    # Observers are told for a practice to come: tests/courses/views/test_needs.py.
    "what helps": {"owner", "mentor", "facilitator", "organiser"},
    "why waived": {"owner", "organiser"},
    "why an activity changed": {"facilitator", "organiser"},
    # Observers fill in the checklist of a session, and find what others wrote in it.
    "note on a session": {"facilitator", "organiser", "observer", "another observer"},
    # Who watches a group that they lead fills in its checklist.
    "a group they lead": {"owner", "organiser", "observer", "another observer"},
    "a call to them": {"mentor", "organiser"},
    # What an organiser wrote to them goes by e-mail, and is on no screen.
    "a note to them": set(),
}


def word(what):
    """The word that was planted for this: it stands nowhere else."""
    return f"zq{''.join(letter for letter in what if letter.isalpha())}qz"


# How a page tells of the two that are no words of anybody's.
SAID = {
    "lesson progress": ("zqlessonqz: begun", "Where you left off"),
    "attendance": ("Came late", "you were there"),
    "about them": ("ZQ9Z", "zq9z"),
}

# --- The world ---------------------------------------------------------------------------------


def _edition():
    """A course of one session with a plan, one lesson, and the rubric."""
    course = make_course(sessions_required=1)
    welcome = {"title": "Welcome", "type": "welcome", "minutes": 10, "note": ""}
    session = make_session(course, 1, plan=[{"type": "activity", "value": welcome}])
    make_lesson(session, "zqlessonqz")
    make_handout(course, "What we look for", slug="rubric", body=rubric_body())
    return editions.make_edition(course=course, by=None, at=NOW)


class World:
    """A trainee of whom there is something of everything, and the people near her."""

    def __init__(self, edition=None, name="Riverside Peers"):
        now = timezone.now()
        self.organisation = make_organisation(name, asks_about_you=True)
        self.facilitator = make_person("Fatima First")
        self.cohort = make_cohort(
            edition or _edition(),
            self.organisation,
            first_session_at=now - timedelta(days=2),
            facilitator=self.facilitator,
        )
        self.run = self.cohort.session_runs.get()
        self.organiser = make_organiser(self.organisation)
        self.amina = make_enrolment(self.cohort, make_person("Amina Yusuf"))
        self.companion = make_enrolment(self.cohort, make_person("Ben Companion")).trainee
        self.mentor = make_mentor(self.amina)
        self.observer = make_observer(self.organisation)
        self._writes(now)
        self._practises(now)
        self._is_looked_after(now)
        self._leads(now)
        self.parts = self._parts(now)

    def _writes(self, now):
        lesson = self.cohort.edition.outline.lessons[0]
        at = {"enrolment": self.amina, "lesson": lesson.key, "at": now}
        keys = {"exercise": uuid.uuid4(), "key": uuid.uuid4()}
        Reflection.objects.create(prompt="When?", text=word("reflection"), **at, **keys)
        ShortAnswer.objects.create(question="How?", text=word("own answer"), **at, **keys)
        plans = {
            what: make_plan(self.amina, lesson, str(uuid.uuid4()), at=now, what=word(what))
            for what in ("own plan", "plan for the group", "plan for the mentor")
        }
        review(plans["own plan"], note=word("how a plan went"), at=now)
        share(plans["plan for the group"], "group", at=now)
        share(plans["plan for the mentor"], "mentor", at=now)
        self.plan = plans["own plan"]
        progress.finish_step(
            enrolment=self.amina,
            lesson=lesson,
            step=lesson.step_ids[0],
            key=uuid.uuid4(),
            at=now,
        )

    def _practises(self, now):
        by = {"by": self.organiser, "at": now}
        first = book(self.amina, make_slot(self.cohort, 1, now - timedelta(days=1)), **by)
        observe(
            first,
            self.observer,
            at=now,
            next_step=word("what to work on"),
        ).ratings.update(evidence=word("what was seen"))
        review_own(first, went_well=word("own review"), at=now)
        second = book(self.amina, make_slot(self.cohort, 2, now - timedelta(hours=2)), **by)
        seen = observe(second, self.observer, 1, at=now)
        seen.ratings.update(evidence=word("seen, not open yet"))
        self.practice, self.second = first, second

    def _is_looked_after(self, now):
        self.instrument = make_instrument(self.organisation)
        answer_measure(self.amina, self.instrument, [7])
        say_about_you(self.amina, postcode_area="ZQ9Z")
        share_needs(self.amina, own_words=word("what helps"))
        by = {"by": self.organiser, "at": now}
        mark_attendance(
            session_run=self.run,
            marks={self.amina.pk: Mark(AttendanceMark.LATE, reason=word("why away"))},
            key=uuid.uuid4(),
            **by,
        )
        delivery.mark_activities(
            session_run=self.run,
            marks={(1, "Welcome"): Went("changed", word("why an activity changed"))},
            key=uuid.uuid4(),
            **by,
        )
        fidelity.fill_in(
            session_run=self.run,
            answers={},
            note=word("note on a session"),
            key=uuid.uuid4(),
            **by,
        )
        self.waiver = ready.waive(
            enrolment=self.amina,
            kind="lessons_finished",
            reason=word("why waived"),
            instead="",
            key=uuid.uuid4(),
            **by,
        )
        self.message = outbox.write(
            kind=MessageKind.NOTE,
            key="note",
            person=self.amina.trainee,
            cohort=self.cohort,
            note=word("a note to them"),
            **by,
        )

    def _leads(self, now):
        """She is ready, leads a group, and somebody has called her."""
        long_ago = now - timedelta(days=40)
        Milestone.objects.create(
            enrolment=self.amina,
            kind=MilestoneKind.READY,
            edition=self.cohort.edition,
            reached_at=long_ago,
            evidence={},
        )
        pair = [self.amina.trainee]
        self.group = make_group(self.organisation, pair, label=word("a group they lead"))
        self.call = make_contact(
            self.amina, 1, timezone.localdate(now), make_person(word("a call to them"))
        )

    def _parts(self, now):
        """What stands in the addresses, by name."""
        by = {"by": self.organiser, "at": now}
        invitations.invite(cohort=self.cohort, lines=read("Ola, ola@example.org"), **by)
        waiting = WaitingPlace.objects.create(
            cohort=self.cohort, person=make_person("Wendy Waiting"), asked_at=now
        )
        sample = next(each for each in samples() if each.slug == SAMPLE)
        return {
            "cohort": self.cohort.pk,
            "organisation": self.organisation.pk,
            "role": self.organisation.roles.first().pk,
            "message": self.message.pk,
            "enrolment": self.amina.pk,
            "companion": self.companion.enrolments.get().pk,
            "waiver": self.waiver.pk,
            "run": self.run.pk,
            "practice": self.practice.pk,
            "second": self.second.pk,
            "slot": self.practice.slot_id,
            "group": self.group.pk,
            "number": 1,
            "instrument": self.instrument.pk,
            "talk": PracticeTalk.objects.get(enrolment=self.amina).pk,
            "invitation": self.cohort.invitations.get().pk,
            "invited": self.cohort.invitations.get().token,
            "waiting": waiting.pk,
            "handout": "rubric",
            "sample": sample.slug,
            "calibration": Calibration.objects.get(observer=self.observer).pk,
            "reminder": link_token(self.amina.trainee_id, MessageKind.STEP_LEFT),
            "code": self.cohort.join_code,
            "plan": self.plan.pk,
            "session": self.cohort.edition.outline.sessions[0].slug,
            "lesson": self.cohort.edition.outline.lessons[0].slug,
        }

    def person(self, who):
        """Somebody to sign in as; None for nobody."""
        if who == "nobody":
            return None
        if who == "owner":
            return self.amina.trainee
        if who == "another observer":
            return make_observer(self.organisation, "Other Observer")
        if who == "organiser elsewhere":
            return make_organiser(make_organisation("Elsewhere"))
        if who in ("safeguarding lead", "peer educator"):
            person = make_person("Somebody Near")
            make_role(person, self.organisation, RoleKind(who.replace(" ", "_")))
            return person
        return getattr(self, who)


# --- The addresses -----------------------------------------------------------------------------

OF_COHORT = {"pk": "cohort"}
OF_PERSON = {"pk": "cohort", "enrolment_pk": "enrolment"}
OF_RUN = {"pk": "cohort", "run_pk": "run"}
OF_ORGANISATION = {"pk": "organisation"}
OF_SLOT = {"pk": "cohort", "slot": "slot"}
OF_OWNER = {"pk": "enrolment"}

# Every address besides the trainee's own pages, and what stands in it.
ADDRESSES = {
    "organise": {},
    "cohort_new": {},
    "contacts": OF_ORGANISATION,
    "roles": OF_ORGANISATION,
    "role_end": OF_ORGANISATION | {"role": "role"},
    "organisation_settings": OF_ORGANISATION,
    "measures": OF_ORGANISATION,
    "measure_change": OF_ORGANISATION | {"instrument": "instrument"},
    "organisation_figures": OF_ORGANISATION,
    "organisation_figures_pdf": OF_ORGANISATION,
    "organisation_figures_csv": OF_ORGANISATION,
    "groups_led": OF_ORGANISATION,
    "group_begin": OF_ORGANISATION,
    "support_due": OF_ORGANISATION,
    "groups_i_lead": {},
    "delivered_group": {"pk": "group"},
    "delivered_session": {"pk": "group", "number": "number"},
    "delivered_checklist": {"pk": "group"},
    "delivered_end": {"pk": "group"},
    "support_contact": {"enrolment": "enrolment"},
    "organise_messages": {},
    "working": {},
    "message": {"pk": "message"},
    "cohort": OF_COHORT,
    "cohort_change": OF_COHORT,
    "cohort_csv": OF_COHORT,
    "cohort_xlsx": OF_COHORT,
    "cohort_figures": OF_COHORT,
    "cohort_figures_pdf": OF_COHORT,
    "cohort_figures_csv": OF_COHORT,
    "cohort_people": OF_COHORT,
    "cohort_messages": OF_COHORT,
    "cohort_plans": OF_COHORT,
    "cohort_move": OF_COHORT,
    "cohort_joining": OF_COHORT,
    "group_agreement_edit": OF_COHORT,
    "group_agreement_wall": OF_COHORT,
    "guide": OF_COHORT,
    "guide_pdf": OF_COHORT,
    "cohort_handouts": OF_COHORT,
    "cohort_handout": OF_COHORT | {"handout": "handout"},
    "cohort_handout_pdf": OF_COHORT | {"handout": "handout"},
    "invitations": OF_COHORT,
    "invitation_withdraw": OF_COHORT | {"invitation": "invitation"},
    "invitation_renew": OF_COHORT | {"invitation": "invitation"},
    "let_in": OF_COHORT | {"waiting": "waiting"},
    "take_out": OF_COHORT | {"enrolment": "enrolment"},
    "person": OF_COHORT | {"enrolment": "enrolment"},
    "person_note": OF_PERSON,
    "person_look": OF_PERSON,
    "person_ready": OF_PERSON,
    "person_sign_off": OF_PERSON,
    "waiver_take_back": OF_PERSON | {"waiver_pk": "waiver"},
    "catch_ups": OF_PERSON,
    "catch_up": OF_PERSON | {"run_pk": "run"},
    "practice_slots": OF_COHORT,
    "practice_plan": OF_COHORT,
    "practice_slot": OF_SLOT,
    "practice_book_for": OF_SLOT,
    "practice_call_off": OF_SLOT,
    "practice_let_go_for": OF_COHORT | {"practice": "practice"},
    "practice_observed": OF_COHORT | {"practice": "practice"},
    "practice_correct": OF_COHORT | {"practice": "second"},
    "practice_talk": OF_COHORT | {"talk": "talk"},
    "session_guide": OF_RUN,
    "session_guide_pdf": OF_RUN,
    "session_run": OF_RUN,
    "session_cancel": OF_RUN,
    "session_back": OF_RUN,
    "session_held": OF_RUN,
    "attendance": OF_RUN,
    "activities": OF_RUN,
    "fidelity": OF_RUN,
    "feedback_code": OF_RUN,
    "sessions_to_watch": {},
    "observe": {},
    "observe_practice": {"practice": "practice"},
    "observe_seen": {"practice": "practice"},
    "observe_correct": {"practice": "second"},
    "observe_paper": {"practice": "practice", "handout": "handout"},
    "calibration": {"organisation": "organisation"},
    "calibration_sample": {"organisation": "organisation", "sample": "sample"},
    "calibration_try": {"organisation": "organisation", "pk": "calibration"},
    "mentoring": {},
    "mentored": {"enrolment": "enrolment"},
    "mentored_practice": {"practice": "second"},
    "reminder_choices": {},
    "stop_reminders": {"token": "reminder"},
    "cards": OF_COHORT,
    "join": {},
    "join_invited": {"token": "invited"},
    "join_cohort": {"code": "code"},
    "stop_waiting": {"pk": "waiting"},
    "learning": {},
    "me": {},
    "devices": {},
    "devices_sign_out": {},
    "everything": {},
    "who_looked": {},
    "erasure": {},
    "erasure_sure": {},
    "erasure_undo": {},
    "person_forget": OF_PERSON,
    "display": {},
    "calendar": {},
    "calendar_file": {},
    "check_form": {},
    "issued": {},
    "ending": {},
    "record": {},
    # Of the trainee's own pages those on which their words come together. That nobody else finds
    # any of them at all is asked, address by address, in tests/courses/views/test_scope.py.
    "course": OF_OWNER,
    "notebook": OF_OWNER,
    "plan_slip": OF_OWNER | {"plan": "plan"},
    "share_plan": OF_OWNER | {"plan": "plan"},
    "shared_plans": OF_OWNER,
    "practices": OF_OWNER,
    "practice": OF_OWNER | {"practice": "practice"},
    "session": OF_OWNER | {"session": "session"},
    "what_helps": OF_OWNER,
    "about_you": OF_OWNER,
    "measure": OF_OWNER | {"instrument": "instrument"},
}
# The same again, for the practice that is not open to its trainee yet, and for a companion.
TWICE = {
    "shared_plans": {"pk": "companion"},
    "practice": {"practice": "second"},
    "practice_observed": {"practice": "second"},
    "mentored_practice": {"practice": "practice"},
    "observe_seen": {"practice": "second"},
}
# What has a test of its own, or holds nothing of a trainee's.
ELSEWHERE = {
    "feedback_door": "leads to one's own page: tests/courses/views/test_feedback.py",
    "csp_reports": "takes what browsers blocked, and says nothing",
    "healthz": "says whether the site is up",
    "readyz": "says what of the site is well, by name: tests/lms/test_working.py",
    "account_signup": "leads to joining",
    "kept": "gives back what its own writer sent: tests/lms/test_kept.py",
    "language": "sets a cookie",
    "role_answer": "one's own answer: tests/courses/views/test_roles.py",
    "device_sign_out": "ends a session of one's own: tests/lms/test_devices.py",
    "calendar_feed": "dates and a place: tests/courses/test_calendars.py",
    "card": "signs one person in: tests/lms/test_cards.py",
    "card_code": "signs one person in: tests/lms/test_cards.py",
    "wagtaildocs_serve": "files of a course: tests/courses/views/test_files.py",
    "check": "a certificate as printed: tests/certificates/test_checking.py",
    "check_json": "a certificate as printed: tests/certificates/test_checking.py",
    "badge_json": "a certificate as printed: tests/certificates/test_badge_views.py",
    "badge_svg": "a certificate as printed: tests/certificates/test_badge_views.py",
    "badge_png": "a certificate as printed: tests/certificates/test_badge_views.py",
    "badge_status": "bits, and nobody's name: tests/certificates/badges/test_statuses.py",
    "did": "the site's own keys: tests/certificates/test_badge_views.py",
    "achievement": "what a course asks for: tests/certificates/test_badge_views.py",
    "certificate": "a certificate as printed: tests/certificates/test_views.py",
    "certificate_pdf": "a certificate as printed: tests/certificates/test_views.py",
    "large_print": "a certificate as printed: tests/certificates/test_looks.py",
    "certificate_colour": "a colour",
    "withdraw": "a certificate as printed: tests/certificates/test_views.py",
    "everything_zip": "all of one's own as a file: tests/lms/test_takeaway.py",
    "record_zip": "one's own record as a file: tests/certificates/test_record.py",
    "certificate_name": "its holder's: tests/certificates/test_afterwards_pages.py",
    "certificate_shown": "its holder's: tests/certificates/test_afterwards_pages.py",
    "certificate_correct": "for organisers: tests/certificates/test_afterwards_pages.py",
    "certificate_life": "its holder's: tests/certificates/test_afterwards_pages.py",
    "certificate_renew": "for organisers: tests/certificates/test_afterwards_pages.py",
    "certificate_pause": "its holder's: tests/certificates/test_afterwards_pages.py",
    "certificate_go_on": "its holder's: tests/certificates/test_afterwards_pages.py",
}


def named(*urlconfs):
    return {
        each.name for conf in urlconfs for each in conf.urlpatterns if getattr(each, "name", 0)
    }


def test_every_address_has_its_row():
    """A new screen, export or download comes into this table before anybody opens it."""
    ours = named(
        urls_organise,
        urls_groups,
        urls_observe,
        urls_mentors,
        urls_reminders,
        certificate_urls,
        site_urls,
    )
    own = named(learner_urls)

    assert ours - own == set(ADDRESSES) - own | set(ELSEWHERE)


# --- What everybody comes across ---------------------------------------------------------------


def come_across(client, world):
    """Open every address, and return {what was come across: the addresses that told it}."""
    found = {}
    asked = [*ADDRESSES.items(), *((name, ADDRESSES[name] | more) for name, more in TWICE.items())]
    for name, parts in asked:
        where = reverse(name, kwargs={part: world.parts[what] for part, what in parts.items()})
        response = client.get(where)
        assert response.status_code in {200, 302, 404, 405}, where
        said = told(response)
        for what in TABLE:
            if any(each in said for each in SAID.get(what, (word(what),))):
                found.setdefault(what, set()).add(name)
    return found


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_comes_across_what_the_table_says_and_nothing_else(client, who):
    world = World()
    person = world.person(who)
    if person:
        client.force_login(person)

    found = come_across(client, world)

    assert set(found) == {what for what, seen_by in TABLE.items() if who in seen_by}, found


# --- The columns -------------------------------------------------------------------------------

# Every column of words that is about one trainee, and its row in the table, or where it is kept.
COLUMNS = {
    "AboutYouAnswers.languages": "about them",
    "AboutYouAnswers.postcode_area": "about them",
    "AboutYouConsent.version": "the words that somebody agreed to",
    "AccessNeeds.needs": "what helps",
    "AccessNeeds.own_words": "what helps",
    "ActionPlan.how_much": "own plan",
    "ActionPlan.how_often": "own plan",
    "ActionPlan.what": "own plan",
    "ActionPlan.when": "own plan",
    "ActionPlanReview.note": "how a plan went",
    "ActivityMark.reason": "why an activity changed",
    "ActivityMark.title": "the plan's own words",
    "Attempt.answers": "only its owner's pages: test_scope.py",
    "Attendance.reason": "why away",
    "CheckAnswer.answers": "only its owner's pages: test_scope.py",
    "CheckRound.questions": "only its owner's pages: test_scope.py",
    "Checklist.items": "only its owner's pages: test_scope.py",
    "Checklist.prompt": "the lesson's own words",
    "FidelityCheck.answers": "note on a session",
    "FidelityCheck.note": "note on a session",
    "H5PState.state": "only its owner's pages: test_scope.py",
    "H5PStatement.statement": "only its owner's pages: test_scope.py",
    "H5PStatement.verb": "only its owner's pages: test_scope.py",
    "LessonProgress.steps": "lesson progress",
    "MeasureAnswer.numbers": "only its owner's pages: test_scope.py",
    "MilestoneLook.kinds": "for organisers: tests/courses/views/test_rechecking.py",
    "MilestoneLook.note": "for organisers: tests/courses/views/test_rechecking.py",
    "Observation.correction_reason": "what was seen",
    "Observation.next_step": "what to work on",
    "Practice.activity": "what they will lead: said to observers and organisers",
    "Rating.criterion": "what was seen",
    "Rating.evidence": "what was seen",
    "Reflection.prompt": "the lesson's own words",
    "Reflection.text": "reflection",
    "Renewal.note": "for organisers: tests/certificates",
    "ScaleAnswer.numbers": "only its owner's pages: test_scope.py",
    "SelfReview.next_time": "own review",
    "SelfReview.went_well": "own review",
    "ShortAnswer.question": "the lesson's own words",
    "ShortAnswer.text": "own answer",
    "Signature.fingerprint": "of the agreement's words",
    "Signature.name": "only its owner's pages: test_scope.py",
    "Signature.title": "the agreement's own words",
    "Signature.words": "the agreement's own words",
    "Waiver.instead": "why waived",
    "Waiver.kind": "why waived",
    "Waiver.reason": "why waived",
}
# Records with words in them that are not about one trainee's learning.
ABOUT_OTHER_THINGS = {
    "Calibration": "an observer's own try at a sample",
    "CalendarAddress": "an address",
    "CertificateStyle": "what an organisation's certificates look like",
    "Certificate": "what is printed, and anyone may check",
    "Change": "codes, numbers and yes: what was changed, and nobody's words",
    "ClosedDays": "an organisation's days",
    "Cohort": "its name, place and code",
    "Device": "what kind of device a person signed in on: only their own page",
    "Erasure": "how they asked, for organisers: tests/lms/test_privacy.py",
    "DeliveredGroup": "the name of a group that is led later",
    "Edition": "a course",
    "GroupAgreement": "what all of a group agreed on",
    "Instrument": "what an organisation asks of everybody",
    "Invitation": "a name and an address, for organisers",
    "Job": "what the site does by itself",
    "Letterhead": "what an organisation's certificates look like",
    "MeasureTotal": "of five people and more",
    "Message": "a note to them; the address it went to",
    "Milestone": "days and counts, as printed",
    "Organisation": "its name and contacts",
    "PracticeSlot": "a room",
    "SecondReading": "of lessons",
    "SessionChange": "a session's days, place and pair",
    "SessionRun": "a session",
    "SecondStepReset": "why an administrator let somebody begin anew: on no screen",
    "SignInCard": "a hash",
    "SignOff": "of lessons",
    "User": "a name and an address",
    "Withdrawal": "for organisers: tests/certificates/test_views.py",
}


def columns_of_words():
    """Every column in which words can be kept, as “Model.column”; pages are for everyone."""
    for label in ("lms", "courses", "certificates"):
        for model in apps.get_app_config(label).get_models():
            if model.__name__.endswith("Page"):
                continue
            for field in model._meta.get_fields():
                if isinstance(field, WORDS) and not field.choices:
                    yield f"{model.__name__}.{field.name}"


WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def test_every_column_with_words_has_its_row():
    """A new column comes into this list before anybody writes into it."""
    about_trainees = {
        column for column in columns_of_words() if column.split(".")[0] not in ABOUT_OTHER_THINGS
    }

    assert about_trainees == set(COLUMNS)
