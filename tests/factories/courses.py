"""Plain functions that make the records of the courses app, through its actions where it has them.

Each has a sensible default for everything, and no surprises: what a test is about, it says itself.
"""

import itertools
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.test import override_settings
from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from content import exercises
from content.fences import FENCES
from content.rounds import as_drawn
from content.scoring import best_answers
from courses import agreements
from courses.actions import agreements as agreement_actions
from courses.actions import checks, cohorts, editions, journal, progress, sharing
from courses.actions import people as people_actions
from courses.actions.attendance import mark_attendance
from courses.models import (
    AttendanceMark,
    CatalogPage,
    CoursePage,
    Enrolment,
    ForWhom,
    HandoutPage,
    LessonPage,
    Milestone,
    Observation,
    Organisation,
    Practice,
    QuestionBankPage,
    Rating,
    RoleKind,
    SelfReview,
    SessionPage,
)
from courses.readiness import CRITERIA
from courses.round_reading import bank_questions
from tests.factories.remembered import remembered

PLAN = "action_plan"
NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
_count = itertools.count(1)


def make_person(name="Amina Yusuf", email=None, **fields):
    email = email or f"person{next(_count)}@example.org"
    return get_user_model().objects.create_user(email=email, name=name, **fields)


def make_organisation(name=None, **fields):
    fields.setdefault("named_person", "Maria Lopez")
    fields.setdefault("named_person_phone", "020 7946 0000")
    return Organisation.objects.create(name=name or f"Riverside Peers {next(_count)}", **fields)


def make_role(person, organisation, kind=RoleKind.ORGANISER):
    return people_actions.give_role(
        person=person, organisation=organisation, kind=kind, by=None, at=NOW
    )


def make_organiser(organisation, name="Oluchi Organiser"):
    person = make_person(name)
    make_role(person, organisation, RoleKind.ORGANISER)
    return person


def make_peer_educator(organisation=None, name="Tom Price", email=None):
    """Somebody who writes."""
    person = make_person(name, email)
    make_role(person, organisation or make_organisation(), RoleKind.PEER_EDUCATOR)
    return person


def make_catalogue():
    """The front page, made the site's root."""
    found = CatalogPage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    catalogue = CatalogPage(
        title="Alongside", slug=f"alongside-{next(_count)}", lead="Training for peer facilitators."
    )
    root.add_child(instance=catalogue)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": catalogue}
    )
    return catalogue


def step_block(title="A step"):
    return {"type": "step", "value": {"title": title}, "id": str(uuid.uuid4())}


def read_block(text="<p>Something to read.</p>"):
    return {"type": "read", "value": text, "id": str(uuid.uuid4())}


def check_block(question="What would you say?", choose="one", options=None, safety=False):
    """A question; `options` is a list of (text, best, feedback)."""
    options = options or [
        ("You’ll feel better soon.", False, "You offered hope."),
        ("You want to be heard.", True, "You said back the wish."),
        ("People mean well.", False, "You took their side."),
    ]
    return {
        "type": "check",
        "id": str(uuid.uuid4()),
        "value": {
            "question": question,
            "choose": choose,
            "safety": safety,
            "options": [
                {
                    "type": "item",
                    "id": str(uuid.uuid4()),
                    "value": {"text": text, "best": best, "feedback": feedback},
                }
                for text, best, feedback in options
            ],
        },
    }


def reflection_block(prompt="When did you last feel heard?"):
    value = {"prompt": prompt, "help": "A few words are enough."}
    return {"type": "reflection", "value": value, "id": str(uuid.uuid4())}


def plan_block(prompt="What is one small thing you want to do?"):
    value = {"prompt": prompt, "help": "Something you want."}
    return {"type": "action_plan", "value": value, "id": str(uuid.uuid4())}


def listed(values):
    """The items of a list in a block, each with an id."""
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


def order_block(
    question="What comes first?", items=("Name it", "Gather ideas", "Pick one"), safety=False
):
    """Things to put in order; `items` stand in the best one."""
    value = {
        "question": question,
        "safety": safety,
        "items": listed(items),
        "feedback": "You began with the problem.",
        "feedback_other": "Look at what comes first.",
    }
    return {"type": "order", "value": value, "id": str(uuid.uuid4())}


def sort_block(question="Is this something for us?", cards=None, safety=False):
    """Cards for the groups Us, Not us and Depends; `cards` is a list of (text, fits, feedback)."""
    cards = cards or [
        ("Which tablet to take", ["second"], "A doctor knows their whole story."),
        ("How it was for you", ["first"], "You share what you lived through."),
        ("A lift home", ["first", "third"], "Agree on it as a group."),
    ]
    value = {
        "question": question,
        "safety": safety,
        "groups": {"first": "Us", "second": "Not us", "third": "Depends", "fourth": ""},
        "cards": listed(
            {"text": text, "fits": fits, "feedback": feedback} for text, fits, feedback in cards
        ),
    }
    return {"type": "sort", "value": value, "id": str(uuid.uuid4())}


def short_block(question="Open up this question: “Did you tell your family?”"):
    value = {
        "question": question,
        "help": "One sentence is enough.",
        "models": listed(["How has it been with your family?"]),
        "look_for": listed(["It cannot be answered with yes or no."]),
    }
    return {"type": "short", "value": value, "id": str(uuid.uuid4())}


def scale_block(statements=("listen without advising?", "stay quiet?")):
    value = {
        "question": "How sure are you that you can:",
        "help": "",
        "lowest": "not sure at all",
        "highest": "as sure as can be",
        "statements": listed(statements),
        "said_back": "Keep this for later.",
    }
    return {"type": "scale", "value": value, "id": str(uuid.uuid4())}


def course_check_block(purpose="final", draw=3, need=2, title="What you know now"):
    value = {"title": title, "help": "", "purpose": purpose, "draw": draw, "need": need}
    return {"type": "course_check", "value": value, "id": str(uuid.uuid4())}


# A talk as an author writes it in a text file: a step to repair, a choice to be made again.
TALK = {
    "id": "news",
    "title": "News from the clinic",
    "setting": "The tea break. Amina sits down next to you.",
    "skills": ["reflect", "silence"],
    "steps": [
        {
            "name": "1",
            "words": "“They told me on Monday.”",
            "choices": [
                {
                    "say": "“Try not to worry.”",
                    "then": "She looks at her cup.",
                    "feedback": "You offered hope before she had finished.",
                    "roadblocks": ["reassure"],
                    "kind": True,
                    "go": "1b",
                },
                {
                    "say": "“Monday, and no sleep since.”",
                    "then": "She breathes out.",
                    "feedback": "You said it back, so she went on.",
                    "skills": ["reflect"],
                    "go": "2",
                },
                {
                    "say": "“Stop your tablets, I did.”",
                    "then": "“Maybe I will.”",
                    "feedback": "Your story became advice.",
                    "roadblocks": ["advise"],
                    "safety_step": "Say that the nurse can help with tablets.",
                },
            ],
        },
        {
            "name": "1b",
            "words": "She has gone quiet.",
            "repair": True,
            "choices": [
                {
                    "say": "“I jumped in. You were telling me.”",
                    "then": "Her shoulders drop.",
                    "feedback": "You went back, so trust came back.",
                    "skills": ["repair"],
                    "go": "2",
                },
                {
                    "say": "“Coming on Sunday?”",
                    "then": "“Maybe.”",
                    "feedback": "You filled the silence.",
                    "roadblocks": ["change_subject"],
                    "go": "closed",
                },
            ],
        },
        {
            "name": "2",
            "words": "“If I say it out loud, it is real.”",
            "choices": [
                {
                    "say": "Wait.",
                    "then": "She says how she feels.",
                    "feedback": "You left room.",
                    "skills": ["silence"],
                    "go": "heard",
                }
            ],
        },
    ],
    "endings": [
        {"name": "heard", "kind": "heard", "words": "She thinks of her sister."},
        {"name": "closed", "kind": "closed", "words": "She finishes her tea."},
    ],
    "debrief": "What helped her to go on?",
}


def scenario_block(talk=TALK, **about):
    """A talk to play; `about` changes what is said of it, like `safety=True`."""
    value = FENCES["scenario"].read({**talk, **about}, uuid.uuid4())
    return {"type": "scenario", "value": value, "id": str(uuid.uuid4())}


def _items(*texts):
    return [{"type": "item", "id": str(uuid.uuid4()), "value": text} for text in texts]


def checklist_block(prompt="What is ready?", items=("The chairs", "The kettle")):
    value = {"prompt": prompt, "help": "", "items": _items(*items)}
    return {"type": "checklist", "value": value, "id": str(uuid.uuid4())}


def group_agreement_block(prompt="What do we need?", starters=("One at a time", "Pass is fine")):
    value = {"prompt": prompt, "help": "", "starters": _items(*starters)}
    return {"type": "group_agreement", "value": value, "id": str(uuid.uuid4())}


def agreement_block(which="role", title="What I will do", lines=("I will listen",)):
    value = {
        "which": which,
        "title": title,
        "words": "<p>You hold the room <b>together</b>.</p>",
        "lines": _items(*lines),
        "statement": "I have read this, and I agree.",
    }
    return {"type": "agreement", "value": value, "id": str(uuid.uuid4())}


def h5p_block(package=None, title="Which answer leaves room?", asked=False, words="<p>Read.</p>"):
    """An activity; `package` is an H5PPackage."""
    chosen = package.pk if package else None
    value = {"title": title, "package": chosen, "words": words, "asked": asked}
    return {"type": "h5p", "value": value, "id": str(uuid.uuid4())}


def make_plan(enrolment, lesson=None, exercise=None, at=NOW, **parts):
    """A plan from a lesson of the trainee's edition (the first), as an answer to this exercise."""
    lesson = lesson or enrolment.cohort.edition.outline.lessons[0]
    asked = next((e for step in lesson.steps for e in step.exercises if e.kind == PLAN), None)
    known = exercise or (asked.id if asked else str(uuid.uuid5(uuid.UUID(lesson.key), "plan")))
    said = {
        "what": "Walk in the garden",
        "how_much": "ten minutes",
        "when": "after tea",
        "how_often": "three times",
        "confidence": 8,
    }
    return journal.write_plan(
        enrolment=enrolment,
        lesson=lesson,
        exercise=exercises.Plan(id=known, prompt="What will you do?"),
        key=uuid.uuid4(),
        at=at,
        **{**said, **parts},
    )


def review(plan, outcome="partly", note="It rained.", at=NOW):
    """Say how a plan went."""
    return journal.review_plan(plan=plan, outcome=outcome, note=note, key=uuid.uuid4(), at=at)


def share(plan, audience="group", with_review=False, at=NOW):
    return sharing.share(
        plan=plan, audience=audience, with_review=with_review, key=uuid.uuid4(), at=at
    )


def take_back(plan, audience="group", at=NOW):
    return sharing.take_back(plan=plan, audience=audience, key=uuid.uuid4(), at=at)


def make_mentor(enrolment, name="Maria Mentor"):
    """A peer mentor for this trainee."""
    person = make_person(name)
    make_role(person, enrolment.cohort.organisation, RoleKind.MENTOR)
    people_actions.name_mentor(enrolment=enrolment, mentor=person)
    enrolment.mentor = person
    return person


def lesson_body(steps=2):
    """A body of so many steps, each with something to read."""
    body = []
    for n in range(1, steps + 1):
        body += [step_block(f"Step {n}"), read_block(f"<p>Text of step {n}.</p>")]
    return body


def make_course(title="Becoming a peer facilitator", sessions_required=4, **fields):
    fields.setdefault("hours_live", 15)
    fields.setdefault("hours_online", 5)
    fields.setdefault("summary", "Learn to listen.")
    fields.setdefault("done", [{"type": "line", "value": "took part in live sessions"}])
    course = CoursePage(title=title, sessions_required=sessions_required, **fields)
    make_catalogue().add_child(instance=course)
    return course


def make_session(course, number, **fields):
    fields.setdefault("title", f"Session {number}")
    fields.setdefault("summary", f"What session {number} is for.")
    fields.setdefault("counted", number > 0)
    session = SessionPage(number=number, **fields)
    course.add_child(instance=session)
    return session


def make_lesson(session, title="Open questions", body=None, **fields):
    fields.setdefault("summary", "An open question asks for a story.")
    lesson = LessonPage(title=title, body=body or lesson_body(), **fields)
    session.add_child(instance=lesson)
    return lesson


def heading_block(text="Session 1"):
    return {"type": "heading", "value": text, "id": str(uuid.uuid4())}


def make_bank(course, body=None, **fields):
    """A question bank; its four questions are of all kinds, and one of them is about safety."""
    body = body or [
        heading_block("Session 1"),
        check_block("What would you say?"),
        order_block(),
        heading_block("Session 2"),
        sort_block(),
        check_block("“Promise you won’t tell.” What do you say?", safety=True),
    ]
    bank = QuestionBankPage(title="Question bank", slug="question-bank", body=body, **fields)
    course.add_child(instance=bank)
    return bank


def handout_body(text="Ask openly."):
    """One of everything that a handout can hold."""
    levels = ["Gets in the way", "Beginning", "Ready", "Strong"]
    criterion = {
        "code": "PF2",
        "title": "Attention and room",
        "safety": True,
        "levels": ["Talks over people", "Fills gaps", "Leaves pauses", "Uses silence"],
    }
    cards = [
        {"title": "Us?", "text": f"Card {n}", "back": f"Back of {n}"}
        for n in ("one", "two", "three")
    ]
    table = {
        "columns": [{"type": "text", "heading": "Step"}, {"type": "text", "heading": "Ask"}],
        "rows": [{"values": ["Name it", "What bothers you?"]}, {"values": ["", "Pick one."]}],
        "caption": "Two of the steps",
    }
    blocks = [
        ("read", f"<h2>To begin</h2><p>{text} <b>Wait</b>, and <i>wait</i>.</p>"),
        ("lines", {"label": "What will you do?", "lines": 2}),
        ("boxes", {"items": ["The agreement is on show", "We ended on time"]}),
        ("table", table),
        ("page_break", None),
        ("cards", {"across": "2", "cards": cards}),
        ("criteria", {"levels": levels, "criteria": [criterion]}),
    ]
    return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks]


def wide_table():
    """A table of four columns, of which two are there to be filled in."""
    headings = ["What for", "When to reach them", "Look again on", "Name, and number"]
    table = {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [
            {"values": ["Danger right now: the emergency number", "Any time", "", ""]},
            {"values": ["Interpreters and other languages", "", "", "111"]},
        ],
        "caption": "",
    }
    return [{"type": "table", "value": table, "id": str(uuid.uuid4())}]


def make_handout(course, title="Seven steps", for_whom=ForWhom.EVERYONE, body=None, **fields):
    fields.setdefault("summary", "The steps on one page.")
    handout = HandoutPage(title=title, for_whom=for_whom, body=body or handout_body(), **fields)
    course.add_child(instance=handout)
    return handout


@remembered
def make_edition(
    sessions=6, lessons=1, steps=2, sessions_required=4, session_zero=False, **fields
):
    """An edition of a new course: `lessons` required lessons of `steps` steps in each session.

    Its pages can be read, but not found by words: noting those takes a third of the time, a
    thousand times over.
    """
    with not_noted():
        course = make_course(sessions_required=min(sessions_required, sessions), **fields)
        for number in range(0 if session_zero else 1, sessions + 1):
            session = make_session(course, number)
            for n in range(1, lessons + 1):
                make_lesson(session, f"Lesson {number}.{n}", lesson_body(steps))
        return editions.make_edition(course=course, by=None, at=NOW)


@contextmanager
def not_noted():
    """Pages that are saved are not noted for searching, nor what they use."""
    by_hand = {"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}}
    with override_settings(MODELSEARCH_BACKENDS=by_hand), disable_reference_index_auto_update():
        yield


def criteria_block():
    """The ten criteria that observers watch for."""
    levels = ["Gets in the way", "Beginning", "Ready", "Strong"]
    criteria = [
        {"code": code, "title": f"Criterion {code}", "safety": False, "levels": listed(levels)}
        for code in CRITERIA
    ]
    value = {"levels": listed(levels), "criteria": listed(criteria)}
    return {"type": "criteria", "value": value, "id": str(uuid.uuid4())}


def make_ready_course(needed=(2,), sessions=2, **fields):
    """A course that leads to ready: with a check at its end, both agreements and the criteria.

    The sessions whose numbers are in `needed` are needed for it.
    """
    course = make_course(leads_to_ready=True, sessions_required=1, **fields)
    make_bank(course)
    for number in range(1, sessions + 1):
        session = make_session(course, number, needed_for_ready=number in needed)
        if number == 1:
            body = [step_block("Role"), agreement_block("role", "What I will do")]
            body += [step_block("Secrets"), agreement_block("confidentiality", "What I keep")]
            body += [step_block("After"), course_check_block("final", draw=4, need=2)]
            make_lesson(session, "Before you begin", body)
    make_handout(course, "What we look for", body=[criteria_block()])
    return course


def make_ready_edition(**course):
    """An edition that leads to ready to co-facilitate: see `make_ready_course`."""
    return editions.make_edition(course=make_ready_course(**course), by=None, at=NOW)


def sign_agreements(enrolment, *which, at=NOW):
    """Sign what the edition asks to be signed, in the reader's language: both, or those named."""
    for each in agreements.asked(enrolment.cohort.edition.outline):
        if each.agreement.which in (which or ("role", "confidentiality")):
            agreement_actions.sign(
                enrolment=enrolment,
                lesson=each.lesson,
                agreement=each.agreement,
                name=enrolment.trainee.name,
                key=uuid.uuid4(),
                at=at,
            )


def meet_final_check(enrolment, at=NOW, safety=True):
    """Answer a whole set of the check at the end; `safety` says whether that is met as well."""
    found = agreements.exercises_of(enrolment.cohort.edition.outline, "course_check")
    _session, lesson, _step, check = next(each for each in found if each[3].purpose == "final")
    bank = enrolment.cohort.edition.outline.bank
    questions = bank_questions(bank)
    round = checks.begin_round(
        enrolment=enrolment,
        lesson=lesson,
        check=check,
        questions=questions,
        bank=bank,
        key=uuid.uuid4(),
        at=at,
    )
    for drawn in round.drawn:
        question = as_drawn(questions[drawn.id][1], drawn)
        met = safety or not drawn.safety
        checks.answer_question(
            round=round,
            question=question,
            answers=best_answers(question) if met else None,
            key=uuid.uuid4(),
            at=at,
        )
    return round


def watch(enrolment, number=2, levels=3, at=NOW, reviewed=True, corrects=None, practice=None):
    """A practice that somebody watched: `levels` is one for all criteria, or {criterion: level}.

    Written as records: what observers do has its own actions. `corrects` is an Observation.
    """
    practice = practice or Practice.objects.create(
        enrolment=enrolment,
        number=number,
        booked_by=enrolment.trainee,
        booked_at=at,
        observed_at=at,
    )
    if reviewed:
        SelfReview.objects.get_or_create(
            practice=practice, defaults={"went_well": "I waited.", "key": uuid.uuid4(), "at": at}
        )
    observation = Observation.objects.create(
        practice=practice,
        observer=make_person("Sunita Observer"),
        outcome="carry_on" if number == 1 else "not_yet",
        at=at,
        key=uuid.uuid4(),
        corrects=corrects,
        correction_reason="Another person was meant." if corrects else "",
    )
    seen = levels if isinstance(levels, dict) else dict.fromkeys(CRITERIA, levels)
    Rating.objects.bulk_create(
        Rating(
            observation=observation,
            criterion=code,
            level=seen.get(code),
            evidence="What was seen." if seen.get(code) else "",
        )
        for code in CRITERIA
    )
    return observation


def meet_all_but_sign_off(enrolment, at=NOW):
    """Everything that `make_ready_edition` asks before an organiser's word."""
    attend(enrolment, 1, 2, at=at)
    finish_all_lessons(enrolment, at=at)
    sign_agreements(enrolment, at=at)
    meet_final_check(enrolment, at=at)
    watch(enrolment, 1, at=at)
    watch(enrolment, 2, at=at)


def make_cohort(edition=None, organisation=None, name="Tuesday group", **details):
    """A cohort whose first session was at NOW, led by a pair."""
    details.setdefault("facilitator", make_person("Fatima First"))
    details.setdefault("co_facilitator", make_person("Sam Second"))
    return cohorts.start(
        organisation=organisation or make_organisation(),
        edition=edition or make_edition(),
        name=name,
        first_session_at=details.pop("first_session_at", NOW),
        by=None,
        at=NOW,
        **details,
    )


def make_enrolment(cohort=None, trainee=None, at=NOW):
    """An enrolment with its cohort, edition and organisation loaded."""
    enrolment = cohorts.enrol(
        cohort=cohort or make_cohort(), trainee=trainee or make_person(), at=at
    )
    return Enrolment.objects.with_cohort().get(pk=enrolment.pk)


def attend(enrolment, *numbers, mark=AttendanceMark.PRESENT, by=None, at=NOW):
    """Mark the trainee at these numbered sessions."""
    for run in enrolment.cohort.session_runs.filter(number__in=numbers).order_by("number"):
        mark_attendance(
            session_run=run,
            marks={enrolment.pk: mark},
            key=uuid.uuid4(),
            by=by or run.facilitator,
            at=at,
        )


def finish_lesson(enrolment, lesson, at=NOW):
    """Finish every step of an OutlineLesson."""
    for step in lesson.step_ids:
        progress.finish_step(
            enrolment=enrolment, lesson=lesson, step=step, key=uuid.uuid4(), at=at
        )


def finish_all_lessons(enrolment, at=NOW):
    for lesson in enrolment.cohort.edition.outline.lessons:
        finish_lesson(enrolment, lesson, at=at)


def make_milestone(enrolment=None, at=NOW + timedelta(weeks=6)):
    """A completion, reached by doing what the edition asks."""
    enrolment = enrolment or make_enrolment()
    attend(enrolment, 1, 2, 3, 4, 5, 6, at=at)
    finish_all_lessons(enrolment, at=at)
    return Milestone.objects.select_related(
        "enrolment__trainee", "enrolment__cohort__organisation", "enrolment__cohort__edition"
    ).get(enrolment=enrolment)
