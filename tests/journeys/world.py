"""A small world in which every kind of page has something to show."""

import gc
import uuid
import warnings
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from certificates.actions.afterwards import pause, renew, show_name, withdraw
from certificates.actions.issuing import reissue
from certificates.badges.credentials import achievement_path
from certificates.models import Certificate, WithdrawalReason
from content import days
from content.branching import play
from content.models import InfoPage
from courses.actions import (
    agreements,
    answers,
    catalogue,
    checks,
    delivery,
    editions,
    feedback,
    fidelity,
    journal,
    outbox,
    people,
    progress,
    ready,
    scenarios,
)
from courses.actions import review as second_reading
from courses.actions.attendance import mark_attendance
from courses.actions.invitations import invite
from courses.actions.people import give_role
from courses.actions.reminders import choose, link_token
from courses.dates import after_months
from courses.models import (
    AttendanceMark,
    Enrolment,
    ForWhom,
    HandoutPage,
    LessonPage,
    Message,
    MessageKind,
    Problem,
    RoleKind,
    ScenarioRun,
    SessionPage,
)
from courses.models.about_you import AgeBand
from courses.name_list import read
from courses.reading import reading
from courses.round_reading import bank_questions
from tests.certificates.make import make_ready_certificate
from tests.courses.actions.test_checks import best_answers, other_answers
from tests.factories.about_you import say_about_you
from tests.factories.courses import (
    agreement_block,
    attend,
    check_block,
    checklist_block,
    course_check_block,
    finish_all_lessons,
    finish_lesson,
    group_agreement_block,
    make_bank,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_organisation,
    make_person,
    make_plan,
    make_ready_edition,
    make_role,
    make_session,
    meet_all_but_sign_off,
    order_block,
    plan_block,
    read_block,
    reflection_block,
    review,
    scale_block,
    scenario_block,
    share,
    short_block,
    sort_block,
    step_block,
    wide_table,
)
from tests.factories.delivered import (
    check,
    hold,
    hold_all,
    make_contact,
    make_group,
    make_ready,
)
from tests.factories.files import make_document, make_picture
from tests.factories.h5p import make_version
from tests.factories.measures import answer_measure, make_ons4
from tests.factories.needs import share_needs
from tests.factories.practice import make_slot
from tests.journeys.practising import add_rubric, practise
from tests.lms.second_steps import give_app, give_spare_codes

SOURCES = [
    ("source", {"text": "A handbook for peers", "url": "https://example.org/handbook"}),
    ("source", {"text": "What our first group told us", "url": ""}),
]
NAMES = [
    "Precious Okafor",
    "Siân Ŵyn Parry",
    "Łukasz Nowak",
    "Nguyễn Thị Hoa",
    "Ruth Bellamy",
    "Joe Harris",
    "Leila Haddad",
    "Grace Mensah",
    "Bill Carter",
    "Ελένη Γεωργίου",
    "Dev Patel",
]


def block(kind, value):
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def make():
    """Make everything, and return what pages need to be found: addresses' parts, and people."""
    now = timezone.now()
    front = catalogue.set_up(
        title="Learn to lead a peer support group", lead="Peers wrote it.", body="<p>Come in.</p>"
    )
    front.add_child(
        instance=InfoPage(title="Privacy", slug="privacy", body="<h2>Kept</h2><p>Little.</p>")
    )
    riverside = make_organisation(
        "Riverside Peers",
        asks_about_you=True,
        named_person_email="maria@example.org",
        other_help="Samaritans: 116 123, day and night",
    )
    staff = _staff(riverside)
    edition = _edition(now)
    course = edition.course
    lesson = LessonPage.objects.get(slug="leave-room")
    talks = LessonPage.objects.get(slug="talks")
    cohort = make_cohort(
        edition,
        riverside,
        first_session_at=now - timedelta(weeks=2),
        facilitator=staff.facilitator,
        co_facilitator=make_person("Sam Second"),
        place="The Old Library, Mill Lane",
    )
    finished_cohort = make_cohort(
        edition, riverside, "Spring group", first_session_at=now - timedelta(weeks=20)
    )
    empty = make_cohort(
        edition, riverside, "Winter group", first_session_at=now + timedelta(weeks=2)
    )
    closed = make_cohort(edition, riverside, "Closed group", joining_open=False)
    amina, precious = _trainees(cohort, now)
    shared = _shared(cohort, precious, staff, now)
    _held(cohort, staff, now)
    holders = [
        _holder(finished_cohort, name, now) for name in ("Rhiannon Ŵyn Prŷs", "Ken Wallace")
    ]
    certificates = [Certificate.objects.get(holder=holder.trainee) for holder in holders]
    rounds = _check_themselves(precious, *holders, now)
    withdraw(
        certificate=certificates[1],
        reason=WithdrawalReason.MISTAKE,
        note="Two people with one name.",
        by=staff.organiser,
        at=now,
    )
    make_slot(finished_cohort, starts_at=now + timedelta(days=2))
    practices = practise(cohort, (precious, shared.enrolment, amina), staff, now)
    _stuck(precious, now)
    draft, waiting = _drafts(course, staff, now)
    absent = cohort.enrolments.filter(attendances__mark="absent").order_by("pk").first()
    parts = {
        "measure": _say_of_themselves(riverside, cohort, amina, staff, now).pk,
        "reminder": link_token(amina.trainee_id, MessageKind.STEP_LEFT),
        "stopped": _stopped(precious, now),
        "course": course.url,
        "session": lesson.get_parent().url,
        "lesson": lesson.url,
        "amina": amina.pk,
        "precious": precious.pk,
        "rhiannon": holders[0].pk,
        "plan": precious.action_plans.last().pk,
        "shared_plan": shared.pk,
        "grace": shared.enrolment_id,
        "signed": precious.signatures.get().pk,
        "code": cohort.join_code,
        "closed": closed.join_code,
        "riverside": riverside.pk,
        "mentor_role": staff.mentor.roles.get().pk,
        "cohort": cohort.pk,
        "finished_cohort": finished_cohort.pk,
        "empty": empty.pk,
        "run": cohort.session_runs.get(number=2).pk,
        "planned_run": cohort.session_runs.get(number=1).pk,
        "absent": absent.pk,
        "absent_name": absent.trainee.name,
        "cancelled_run": _cancelled(finished_cohort, now).pk,
        "empty_run": empty.session_runs.get(number=1).pk,
        "valid": certificates[0].shown_serial,
        "withdrawn": certificates[1].shown_serial,
        **rounds,
        **practices,
        "cms_course": course.pk,
        "cms_lesson": lesson.pk,
        "cms_talks": talks.pk,
        "cms_talk": next(each.id for each in talks.body if each.block_type == "scenario"),
        "cms_session": SessionPage.objects.get(number=1).pk,
        "cms_unplanned": SessionPage.objects.get(number=3).pk,
        "cms_handout": HandoutPage.objects.first().pk,
        "cms_activity": make_version(title="Words that leave room").package_id,
        "cms_draft": draft.pk,
        "cms_waiting": waiting.pk,
    }
    parts["run_out"] = _run_out(closed, staff, now)
    waived, waits, signed_off = _on_the_way_to_ready(riverside, staff, now)
    paul, led, whole = _lead(riverside, signed_off.cohort, staff, now)
    parts |= {
        "ready_cohort": waived.cohort_id,
        "waived": waived.pk,
        "waiting": waits.pk,
        "signed_off": signed_off.pk,
        "ready_valid": Certificate.objects.get(
            milestone__enrolment=signed_off, milestone__kind="ready"
        ).shown_serial,
        **_certificates_of_all_kinds(riverside, staff, now),
        "doubted": _doubted(finished_cohort, now).pk,
        "achievement": achievement_path(certificates[0]),
        "led": led.pk,
        "led_whole": whole.pk,
        "called": paul.pk,
        "elsewhere_place": staff.elsewhere.roles.get().organisation_id,
    }
    everyone = {
        **vars(staff),
        "amina": amina.trainee,
        "precious": precious.trainee,
        "grace": shared.enrolment.trainee,
        "rhiannon": holders[0].trainee,
        "ken": holders[1].trainee,
        "wanda": waits.trainee,
        "rosa": signed_off.trainee,
        "rhys": Certificate.objects.get(name="Rhys Since").holder,
        "paul": paul.trainee,
        "steady": _steady(riverside, staff, now),
    }
    return SimpleNamespace(parts=parts, people=everyone)


def _say_of_themselves(riverside, cohort, amina, staff, now):
    """What helps, who takes part, and a measure: everybody but Amina has answered that."""
    measure = make_ons4(riverside, by=staff.organiser)
    share_needs(amina, chosen=["breaks", "large_print"], own_words="A chair by the door", at=now)
    for n, each in enumerate(cohort.enrolments.exclude(pk=amina.pk).order_by("pk")):
        answer_measure(each, measure, [n % 4 + 3, 5, 4, 8], [n % 3 + 6, 7, 8, 3], at=now)
        say_about_you(each, age=AgeBand.values[n % 3], carer="no", languages=["en"])
        if n < 3:
            share_needs(each, chosen=["captions"], at=now)
    return measure


def _steady(organisation, staff, now):
    """Somebody with an app and spare codes, who is asked to take on a role."""
    person = make_person("Steady Sade")
    give_app(person)
    give_spare_codes(person)
    give_role(
        person=person,
        organisation=organisation,
        kind=RoleKind.OBSERVER,
        by=staff.organiser,
        at=now,
        asks=True,
    )
    return person


def _run_out(cohort, staff, now):
    """An invitation that has run out: what its link ends in."""
    lines = read("Late Lindiwe, lindiwe@example.org")
    invite(cohort=cohort, lines=lines, by=staff.organiser, at=now - timedelta(days=90))
    return cohort.invitations.get().token


def _staff(organisation):
    people = {kind.value: make_person(f"{kind.label.title()} Oluchi") for kind in RoleKind}
    for kind in RoleKind:
        make_role(people[kind.value], organisation, kind)
    people["newcomer"] = make_person("Newcomer Ngozi")
    people["everything"] = make_person("Everything Ekua")
    for kind in RoleKind:
        make_role(people["everything"], organisation, kind)
    people["elsewhere"] = make_person("Elsewhere Efua")
    make_role(people["elsewhere"], make_organisation(), RoleKind.ORGANISER)
    return SimpleNamespace(**people)


def _edition(now):
    course = make_course(
        sessions_required=2,
        hours_preparing=2,
        introduction="<h2>Who it is for</h2><p>For <b>people who live with it</b>.</p>",
        licence="CC BY 4.0",
        sources=SOURCES,
    )
    make_session(course, 0, title="A first cup of tea", slug="first-cup")
    first = make_session(
        course,
        1,
        title="Listening",
        slug="listening",
        aims=[("aim", "listen so that people feel heard")],
        plan=[
            ("activity", {"title": "Who we are", "type": "welcome", "minutes": 20, "note": ""}),
            ("activity", {"title": "Pairs", "type": "practice", "minutes": 40, "note": "Slowly."}),
        ],
    )
    make_lesson(first, "Leave room", every_block(), slug="leave-room", sources=SOURCES)
    make_lesson(first, "Open questions", slug="open-questions")
    make_lesson(first, "Talks", _talks(), slug="talks", required=False)
    second = make_session(course, 2, title="Finding one’s own way", slug="own-way")
    make_lesson(second, "A small plan", slug="small-plan")
    make_lesson(second, "More to read", slug="more-to-read", required=False)
    make_lesson(second, "Look back", _checks(), slug="look-back", required=False)
    make_session(course, 3, title="Saying goodbye", slug="goodbye")
    make_bank(course)
    make_handout(course, "Seven steps", session_number=1)
    make_handout(course, "Observer form", ForWhom.FACILITATORS)
    make_handout(course, "Who can help", body=wide_table())
    add_rubric(course)
    return editions.make_edition(course=course, by=None, at=now - timedelta(weeks=30))


def _on_the_way_to_ready(organisation, staff, now):
    """Three people: one for whom something is waived, one to sign off, and one who is ready."""
    begun = now - timedelta(weeks=9)
    cohort = make_cohort(
        make_ready_edition(slug="leading-on"), organisation, "Ready group", first_session_at=begun
    )
    names = ("Wilma Waived", "Wanda Waiting", "Rosa Ready")
    people = [make_enrolment(cohort, make_person(name), at=begun) for name in names]
    for person in people[1:]:
        meet_all_but_sign_off(person, at=now - timedelta(weeks=1))
    ready.waive(
        enrolment=people[0],
        kind="lessons_finished",
        reason="Cannot use a screen for long",
        instead="Goes through them on paper",
        by=staff.organiser,
        key=uuid.uuid4(),
        at=now,
    )
    ready.sign_off(enrolment=people[2], by=staff.organiser, at=now)
    return people


def _lead(organisation, cohort, staff, now):
    """Two people lead a whole series and begin another one; one of them has been called."""
    ready_at = now - timedelta(weeks=14)
    pair = [
        make_ready(organisation, name, at=ready_at, cohort=cohort)
        for name in ("Paul Partner", "Pia Partner")
    ]
    leaders = [each.trainee for each in pair]
    begun, whole = (make_group(organisation, leaders, label=n) for n in ("Begun", "Whole"))
    first_day = timezone.localdate(now) - timedelta(weeks=8)
    hold_all(whole, first_day=first_day, at=now)
    check(whole, at=now)
    hold(begun, 1, day=first_day, at=now)
    hold(begun, 1, came=7, pair=leaders[:1], day=first_day, at=now)
    make_contact(pair[0], 1, first_day, staff.organiser, at=now)
    return pair[0], begun, whole


def _drafts(course, staff, now):
    """A draft with much to mend, one that waits for its second reader, and a newer edition."""
    last = course.get_children().last().specific
    draft = make_lesson(
        last,
        "A draft",
        [
            step_block("Pills"),
            read_block('<p>Take 5 mg. It cures. <a href="https://example.org/">Here</a>.</p>'),
        ],
        live=False,
        owner=staff.peer_educator,
        sign_off_needed="someone trained in suicide prevention",
    )
    draft.save_revision(user=staff.peer_educator)
    waiting = make_lesson(
        last, "A lesson to read", every_block(), live=False, owner=staff.everything
    )
    waiting.save_revision(user=staff.everything)
    second_reading.ask(page=waiting, by=staff.everything, at=now)
    changed = LessonPage.objects.get(slug="open-questions")
    changed.body = [*changed.body.raw_data, step_block("One more"), read_block()]
    changed.save_revision().publish()
    editions.make_edition(course=course, by=staff.peer_educator, at=now)
    return draft, waiting


def every_block():
    """A lesson with one of everything: 1 words, 2 to see and hear, 3 to 6 the exercises."""
    picture = make_picture()
    with warnings.catch_warnings():
        # Wagtail leaves a temporary file to the garbage collector for each size of a picture.
        warnings.simplefilter("ignore", ResourceWarning)
        picture.get_renditions("width-360", "width-760")
        gc.collect()
    file = make_document()
    film = {"title": "A pause", "file": file.pk, "transcript": "<p>Nobody speaks.</p>"}
    image = {"image": picture.pk, "alt_text": "Two arches side by side", "decorative": False}
    several = [
        ("Someone is in danger now.", True, "Then you keep them safe first."),
        ("They say they will hurt a child.", True, "Then you tell the named person."),
        ("They told you who they vote for.", False, "You would break their trust."),
    ]
    return [
        step_block("Leave room"),
        read_block(
            "<h2>Five seconds</h2><p>A pause feels <b>long</b>, and gives <i>room</i>. "
            '<a href="https://example.org/pauses">Read more</a>.</p><ul><li>Breathe.</li></ul>'
        ),
        block("say", {"lead": "Try:", "words": "How has it been with your family?"}),
        *(
            block("callout", {"kind": kind, "text": "<p>Count to five before you speak.</p>"})
            for kind in ("note", "try", "think")
        ),
        step_block("See and hear"),
        block("picture", {"image": image, "caption": "Two people, equal ground"}),
        block("video", film | {"captions": None}),
        block("audio", film | {"title": "A pause, to hear"}),
        block("download", {"title": "Handout", "file": file.pk, "about": "To print."}),
        step_block("What would you say?"),
        check_block("“I’m sick of being told to cheer up.” What would you say?"),
        step_block("When to tell"),
        check_block("When do you not keep a secret?", "several", several, safety=True),
        step_block("When were you heard?"),
        reflection_block(),
        step_block("My week"),
        plan_block(),
        step_block("What is ready?"),
        checklist_block(),
        step_block("What we agree"),
        group_agreement_block(),
        step_block("My promise"),
        agreement_block(),
    ]


STEPS = (
    "Say together what the problem is, in one sentence",
    "Gather ideas, and judge none of them",
    "Pick one to try this week",
    "Try it",
    "Look back on how it went",
)


def _checks():
    """A lesson with all that one can check oneself with: a step for each."""
    made = {
        "What comes first?": order_block("Put the steps of solving a problem in order.", STEPS),
        "Ours or not?": sort_block(),
        "Your own words": short_block(),
        "How sure are you?": scale_block(),
        "Before": course_check_block("baseline", draw=4, need=0),
        "After": course_check_block("final", draw=4, need=3),
    }
    return [each for title, made in made.items() for each in (step_block(title), made)]


def _check_themselves(precious, rhiannon, ken, now):
    """Precious has tried everything and is not there yet; Rhiannon is; Ken has only begun.

    Return their rounds, and where each kind of question stands in those that are open.
    """
    lesson = precious.cohort.edition.outline.by_key(
        str(LessonPage.objects.get(slug="look-back").translation_key)
    )[1]
    exercises = [step.exercise for step in reading(lesson).steps.values()]
    order, sort, short, scale, before, after = exercises
    about = {"enrolment": precious, "lesson": lesson, "at": now}
    for question in (order, sort):
        progress.record_attempt(
            **about, check=question, answers=other_answers(question), key=uuid.uuid4()
        )
    for text in ("What did they say?", "How was it to tell them?"):
        written = answers.answer_shortly(**about, short=short, text=text, key=uuid.uuid4())
    answers.compare(short_answer=written, said="part", key=uuid.uuid4(), at=now)
    numbers = {scale.statements[0].id: 6}
    answers.answer_scale(**about, scale=scale, numbers=numbers, key=uuid.uuid4())
    rounds = {
        "round_before": _round(precious, lesson, before, now, best=1),
        "round_not_yet": _round(precious, lesson, after, now, best=2),
        "round_open": _round(precious, lesson, after, now, best=1, answered=3),
        "round_enough": _round(rhiannon, lesson, after, now, best=4),
        "round_new": _round(ken, lesson, after, now, best=0, answered=0),
        "round_unsure": _round(ken, lesson, before, now, best=0, answered=0),
    }
    questions = bank_questions(precious.cohort.edition.outline.bank)
    places = {
        f"{name}_{questions[each['id']][1].kind}": place
        for name in ("round_open", "round_new")
        for place, each in enumerate(rounds[name].questions, 1)
        if not each["safety"]
    }
    return {"ken": ken.pk, **{name: each.pk for name, each in rounds.items()}, **places}


def _round(enrolment, lesson, check, now, best, answered=4):
    """A set of questions, of which so many are answered; the ones about safety go last."""
    bank = enrolment.cohort.edition.outline.bank
    questions = bank_questions(bank)
    round = checks.begin_round(
        enrolment=enrolment,
        lesson=lesson,
        check=check,
        questions=questions,
        bank=bank,
        key=uuid.uuid4(),
        at=now,
    )
    ordered = [key for key in questions if key in {each["id"] for each in round.questions}]
    for n, key in enumerate(ordered[:answered]):
        question = questions[key][1]
        given = best_answers(question) if n < best else other_answers(question)
        checks.answer_question(
            round=round, question=question, answers=given, key=uuid.uuid4(), at=now
        )
    return round


def _talks():
    """A lesson with a talk on its first step, and one that is about safety on its second."""
    note = {"title": "Just between us", "safety": True, "content_note": "Somebody is very ill."}
    return [
        step_block("A talk"),
        scenario_block(),
        step_block("A harder talk"),
        scenario_block(**note),
    ]


def _play(enrolment, number, *letters, now):
    """Begin the talk on this step, and choose by letters."""
    _session, lesson = enrolment.cohort.edition.outline.lesson("listening", "talks")
    scenario = reading(lesson).steps[lesson.step_ids[number - 1]].exercise
    about = {"enrolment": enrolment, "lesson": lesson, "scenario": scenario, "at": now}
    run = scenarios.begin(**about, key=uuid.uuid4())
    for n, letter in enumerate(letters, 1):
        here = play(scenario, ScenarioRun.objects.played(enrolment, scenario)[-1].chosen)
        choice = next(way.choice.id for way in here.ways if way.letter == letter)
        scenarios.choose(**about, run=run.key, number=n, choice=choice, key=uuid.uuid4())


def _stuck(enrolment, now):
    """A message whose address its mail server does not know."""
    outbox.write(
        kind=MessageKind.NOTE,
        key="stuck",
        at=now,
        person=enrolment.trainee,
        cohort=enrolment.cohort,
        note="How are you getting on?",
    )
    Message.objects.update(given_up_at=now, problem=Problem.NO_SUCH_ADDRESS)


def _stopped(enrolment, now):
    """What the link carries of somebody who wants no such reminder any more."""
    kind = MessageKind.STEP_LEFT
    choose(person=enrolment.trainee, wanted={kind: False}, at=now)
    return link_token(enrolment.trainee_id, kind)


def _trainees(cohort, now):
    """Amina has just begun. Precious has written everything, and finished what is there."""
    amina = make_enrolment(cohort, make_person("Amina Yusuf"), at=now)
    precious = make_enrolment(cohort, make_person(NAMES[0]), at=now - timedelta(weeks=3))
    lesson = cohort.edition.outline.lessons[0]
    _answer_everything(precious, lesson, now)
    finish_lesson(precious, lesson, at=now)
    _play(precious, 1, "A", "B", now=now)
    _play(precious, 1, "B", "A", now=now)
    _play(precious, 2, "C", now=now)
    _mark(precious, 1, AttendanceMark.PRESENT, now)
    for n, name in enumerate(NAMES[1:]):
        other = make_enrolment(cohort, make_person(name), at=now - timedelta(weeks=3))
        if n % 2:
            finish_lesson(other, lesson, at=now)
        elif n % 3:
            _finish(other, lesson, lesson.step_ids[0], now)
        _mark(other, 1, AttendanceMark.ABSENT if n % 4 == 0 else AttendanceMark.PRESENT, now)
    return amina, precious


def _shared(cohort, precious, staff, now):
    """The group has agreed on something; Grace shares a plan, and how it went, with everyone."""
    agreements.make_group_agreement(
        cohort=cohort,
        lines=["One at a time", "Pass is fine", "What we hear stays here"],
        key=uuid.uuid4(),
        by=staff.facilitator,
        at=now,
    )
    people.name_mentor(enrolment=precious, mentor=staff.mentor)
    grace = cohort.enrolments.get(trainee__name="Grace Mensah")
    people.name_mentor(enrolment=grace, mentor=staff.mentor)
    plan = make_plan(Enrolment.objects.with_cohort().get(pk=grace.pk), at=now)
    review(plan, at=now)
    for audience in ("group", "mentor"):
        share(plan, audience, with_review=True, at=now)
    return plan


def _cancelled(cohort, now):
    """The last session of a cohort, cancelled."""
    run = cohort.session_runs.last()
    run.cancelled_at = now
    run.save()
    return run


def _held(cohort, staff, now):
    """The first session was checked by both, and six people have said how it was."""
    run = cohort.session_runs.get(number=1)
    session = cohort.edition.outline.session_by_key(str(run.session))
    first, *others = [(place, each.title) for place, each in enumerate(session.activities, 1)]
    marks = {key: delivery.Went("as_planned") for key in others}
    about = {"session_run": run, "at": now}
    delivery.mark_activities(
        **about,
        marks=marks | {first: delivery.Went("changed", "Two came late, so we began with tea.")},
        key=uuid.uuid4(),
        by=staff.facilitator,
    )
    for person, note in (
        (staff.facilitator, "We would begin with tea again."),
        (staff.observer, ""),
    ):
        fidelity.fill_in(
            **about,
            answers={"two_led": True, "plan_on_show": True, "break_taken": bool(note)},
            note=note,
            together=True,
            key=uuid.uuid4(),
            by=person,
        )
    for n, enrolment in enumerate(cohort.enrolments.order_by("-pk")[:6]):
        numbers = {"listened_to": 10 - n, "had_a_turn": 8, "can_use": None if n == 1 else 9}
        feedback.give(session_run=run, enrolment=enrolment, numbers=numbers)


def _finish(enrolment, lesson, step, now):
    progress.finish_step(enrolment=enrolment, lesson=lesson, step=step, key=uuid.uuid4(), at=now)


def _mark(enrolment, number, mark, now):
    run = enrolment.cohort.session_runs.get(number=number)
    mark_attendance(
        session_run=run, marks={enrolment.pk: mark}, key=uuid.uuid4(), by=run.facilitator, at=now
    )


def _answer_everything(enrolment, lesson, now):
    for step in reading(lesson).steps.values():
        exercise = step.exercise
        about = {"enrolment": enrolment, "lesson": lesson, "key": uuid.uuid4(), "at": now}
        if exercise is None:
            continue
        if exercise.kind == "check":
            answers = [exercise.options[0].id]
            progress.record_attempt(**about, check=exercise, answers=answers)
        elif exercise.kind == "reflection":
            for text in ("On the bus.", "On the bus, by somebody I had never met."):
                about["key"] = uuid.uuid4()
                journal.write_reflection(**about, exercise=exercise, text=text)
        elif exercise.kind == "checklist":
            journal.tick(**about, checklist=exercise, ticked=[exercise.items[0].id])
        elif exercise.kind == "agreement":
            agreements.sign(**about, agreement=exercise, name="Precious Okafor")
        elif exercise.kind == "action_plan":
            for confidence in (9, 5):
                about["key"] = uuid.uuid4()
                journal.write_plan(
                    **about,
                    exercise=exercise,
                    what="Ring my sister and listen",
                    how_much="ten minutes",
                    when="after tea",
                    how_often="twice this week",
                    confidence=confidence,
                )


def _certificates_of_all_kinds(riverside, staff, now):
    """Certificates that lapsed, are paused, hide a name and were replaced: {word: number}."""
    today = timezone.localdate(now)
    long_ago = today - timedelta(days=800)
    told = {"at": now, "organisation": riverside}
    lapsed = make_ready_certificate(long_ago, trainee=make_person("Lena Lapsed"), **told)
    paused = make_ready_certificate(trainee=make_person("Pia Paused"), **told)
    hidden = make_ready_certificate(trainee=make_person("Hana Hidden"), **told)
    old = make_ready_certificate(trainee=make_person("Rhiannon Before"), **told)
    by = {"by": staff.organiser, "at": now}
    pause(milestone=paused.milestone, day=today, reason="caring", **by)
    show_name(milestone=hidden.milestone, is_hidden=True, at=now)
    reissue(certificate=old, because="name", name="Rhys Since", **by)
    renew(milestone=hidden.milestone, kind="series", day=today, **by)
    old.holder.certificate_name = "Rhys Later"
    old.holder.save()
    return {
        "lapsed": lapsed.shown_serial,
        "lapsed_day": days.day(after_months(long_ago, 12)),
        "paused": paused.shown_serial,
        "hidden": hidden.shown_serial,
        "replaced": old.shown_serial,
        "renamed": Certificate.objects.get(replaces=old).shown_serial,
    }


def _doubted(cohort, now):
    """Somebody who completed, and of whom a mark was corrected since."""
    enrolment = _holder(cohort, "Dora Doubted", now)
    attend(enrolment, 1, 2, mark="absent", at=now)
    return enrolment


def _holder(cohort, name, now):
    """Somebody who has completed the course, so a certificate was issued."""
    at = now - timedelta(weeks=8)
    enrolment = make_enrolment(cohort, make_person(name), at=now - timedelta(weeks=21))
    attend(enrolment, 1, 2, at=at)
    finish_all_lessons(enrolment, at=at)
    return enrolment
