"""Every kind of page, in every state, can be used by everyone."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from courses.instruments import ONS4
from tests.journeys import world
from tests.journeys.conftest import DESK, on_database, sign_in
from tests.journeys.looking import everything_wrong, rules_broken, sideways, small_controls

PICTURES = os.environ.get("PICTURES")  # a folder, to look at every page with one’s own eyes


@dataclass(frozen=True)
class Seen:
    """A page as somebody sees it. `do` is the button they press there, if any."""

    name: str
    path: str
    h1: str
    who: str = ""
    status: int = 200
    do: str = ""
    after: int = 422  # the status after `do`


def step(name, n, h1, who="amina", **more):
    return Seen(
        f"a step: {name}", f"/learning/{{{who}}}/listening/leave-room/{n}/", h1, who, **more
    )


def look_back(name, n, h1, who="amina", **more):
    return Seen(f"a step: {name}", f"/learning/{{{who}}}/own-way/look-back/{n}/", h1, who, **more)


def check(name, where, h1, who="precious", **more):
    """A page of a course check; a number as its heading is the number of a question."""
    if h1.startswith("{") or h1.isdecimal():
        h1 = f"Question {h1} of 4"
    return Seen(f"a check: {name}", f"/learning/{{{who}}}/checks/{where}/", h1, who, **more)


def talk(name, where, h1, who="precious", **more):
    return Seen(f"a talk: {name}", f"/learning/{{{who}}}/listening/talks/{where}", h1, who, **more)


PUBLIC = [
    Seen("the front page", "/", "Learn to lead a peer support group"),
    Seen("the front page, signed in", "/", "Learn to lead a peer support group", "amina"),
    Seen("a course", "{course}", "Becoming a peer facilitator"),
    Seen("a session", "{session}", "Listening"),
    Seen("a lesson", "{lesson}", "Leave room"),
    Seen("information", "/privacy/", "Privacy"),
    Seen("joining", "/join/", "Join with a code"),
    Seen("joining, unknown code", "/join/?code=K7RT4XWP", "Join with a code", status=422),
    Seen("joining a group", "/join/{code}/", "Join Tuesday group"),
    Seen("joining a group, empty", "/join/{code}/", "Join Tuesday group", do="Send me a code"),
    Seen("joining a group, signed in", "/join/{code}/", "Join Tuesday group", "newcomer"),
    Seen("joining a closed group", "/join/{closed}/", "Join Closed group"),
    Seen("signing in", "/account/sign-in/", "Sign in"),
    Seen(
        "an invitation that has run out",
        "/join/i/{run_out}/",
        "This invitation has run out",
        status=410,
    ),
    Seen("text and colours", "/display/", "Text and colours"),
    Seen("stopping reminders", "/reminders/{reminder}/", "Stop these reminders?"),
    Seen("reminders, stopped", "/reminders/{stopped}/", "These reminders have stopped"),
    Seen("reminders, no such link", "/reminders/x/", "This link is not whole", status=404),
    Seen("a closed account", "/account/closed/", "Your place here is closed"),
    Seen("no such page", "/nowhere/", "This page is not here", status=404),
    Seen("no such page, signed in", "/nowhere/", "This page is not here", "amina", status=404),
    Seen("what a badge is given for", "{achievement}", "Becoming a peer facilitator"),
    Seen("checking a certificate", "/v/", "Check a certificate"),
    Seen("checking, nothing typed", "/v/?serial=", "Check a certificate"),
    Seen("checking, mistyped", "/v/?serial=9X06-PSRW-67T3", "Check a certificate"),
    Seen("a valid certificate", "/v/{valid}/", "This certificate is valid"),
    Seen("a valid certificate of ready", "/v/{ready_valid}/", "This certificate is valid"),
    Seen("a withdrawn certificate", "/v/{withdrawn}/", "This certificate was withdrawn"),
    Seen("a lapsed certificate", "/v/{lapsed}/", "This certificate counted until {lapsed_day}"),
    Seen("a paused certificate", "/v/{paused}/", "This certificate is paused"),
    Seen("a replaced certificate", "/v/{replaced}/", "There is a newer one in its place"),
    Seen("a certificate without a name", "/v/{hidden}/", "This certificate is valid"),
    Seen(
        "a certificate without a name, compared",
        "/v/{hidden}/",
        "This certificate is valid",
        do="Compare the name",
    ),
    Seen(
        "an unknown certificate",
        "/v/9X06-PSRW-67T2/",
        "We do not know this number",
        status=404,
    ),
    Seen("a mistyped certificate", "/v/9X06/", "We do not know this number", status=404),
]

OWN_WAY = "Finding one’s own way"
SHARE, SHARED = "Share my plan", "Plans people have shared"
AGREED = "What we agreed"
WATCHED, PLAN_TIMES = "Practice, watched", "Plan times to practise"
AGREEING = "Agreeing with others"
LED_LATER, NEW_GROUP = "Groups led later", "Write down a new group"
DUE_FOR_A_CALL = "Who is due for a call"
SEEN_OF, DUE_OF = "Precious Okafor, first practice", "Amina Yusuf, first practice"

TRAINEES = [
    Seen("my learning, nothing yet", "/learning/", "Hello, Newcomer Ngozi", "newcomer"),
    Seen("my learning", "/learning/", "Hello, Amina Yusuf", "amina"),
    Seen("my learning, completed", "/learning/", "Hello, Rhiannon Ŵyn Prŷs", "rhiannon"),
    Seen("me", "/me/", "Me", "amina"),
    Seen("everything about me", "/me/everything/", "Everything about me", "amina"),
    Seen("who looked", "/me/looked/", "Who looked at it", "amina"),
    Seen("forget me", "/me/forget/", "Forget me", "rhiannon"),
    Seen("forget me, once more", "/me/forget/sure/?keep=yes", "Shall we forget you?", "rhiannon"),
    Seen("my second step", "/account/second-step/", "Your second step", "amina"),
    Seen("my second step, set up", "/account/second-step/", "Your second step", "steady"),
    Seen("setting up an app", "/account/second-step/app/", "Set up an app", "amina"),
    Seen("adding a passkey", "/account/second-step/passkeys/add/", "Add a passkey", "amina"),
    Seen("my passkeys", "/account/second-step/passkeys/", "Your passkeys", "amina"),
    Seen("the second step again", "/account/second-step/again/", "Once more, please", "steady"),
    Seen("where I am signed in", "/me/devices/", "Where I am signed in", "amina"),
    Seen("being asked to a role", "/learning/", "Hello, Steady Sade", "steady"),
    Seen("text and colours, signed in", "/display/", "Text and colours", "amina"),
    Seen("signing out", "/account/sign-out/", "Sign out?", "amina"),
    Seen("my course, new", "/learning/{amina}/", "Becoming a peer facilitator", "amina"),
    Seen("my course", "/learning/{precious}/", "Becoming a peer facilitator", "precious"),
    Seen(
        "my course, completed", "/learning/{rhiannon}/", "Becoming a peer facilitator", "rhiannon"
    ),
    Seen("on the way to ready", "/learning/{waiting}/", "Becoming a peer facilitator", "wanda"),
    Seen("ready", "/learning/{signed_off}/", "Becoming a peer facilitator", "rosa"),
    Seen("my certificate, ready", "/certificates/{ready_valid}/", "Rosa Ready", "rosa"),
    Seen("my session", "/learning/{amina}/listening/", "Listening", "amina"),
    Seen("how it was", "/learning/{amina}/how-it-was/{run}/", "How was it for you?", "amina"),
    Seen(
        "how it was, empty",
        "/learning/{amina}/how-it-was/{run}/",
        "How was it for you?",
        "amina",
        do="Send it without my name",
    ),
    Seen(
        "how it was, said",
        "/learning/{grace}/how-it-was/{planned_run}/",
        "How was it for you?",
        "grace",
    ),
    Seen("my session, no lessons", "/learning/{amina}/goodbye/", "Saying goodbye", "amina"),
    step("words", 1, "Leave room"),
    step("words, finished", 1, "Leave room", "precious"),
    step("to see and hear", 2, "See and hear"),
    step("a check", 3, "What would you say?"),
    step("a check, empty", 3, "What would you say?", do="Save my answer"),
    step("a check, answered", 3, "What would you say?", "precious"),
    step("a check, several", 4, "When to tell"),
    step("a check, several, empty", 4, "When to tell", do="Save my answer"),
    step("a check, several, answered", 4, "When to tell", "precious"),
    step("a reflection", 5, "When were you heard?"),
    step("a reflection, empty", 5, "When were you heard?", do="Save my thoughts"),
    step("a reflection, written", 5, "When were you heard?", "precious"),
    step("a plan", 6, "My week"),
    step("a plan, empty", 6, "My week", do="Save my plan"),
    step("a plan, made", 6, "My week", "precious"),
    look_back("to order", 1, "What comes first?"),
    look_back("to order, done", 1, "What comes first?", "precious"),
    look_back("to sort", 2, "Ours or not?"),
    look_back("to sort, empty", 2, "Ours or not?", do="Save my groups"),
    look_back("to sort, done", 2, "Ours or not?", "precious"),
    look_back("own words", 3, "Your own words"),
    look_back("own words, empty", 3, "Your own words", do="Save my words"),
    look_back("own words, compared", 3, "Your own words", "precious"),
    look_back("a scale", 4, "How sure are you?"),
    look_back("a scale, done", 4, "How sure are you?", "precious"),
    look_back("a check before", 5, "Before"),
    look_back("a check before, done", 5, "Before", "precious"),
    look_back("a check after", 6, "After"),
    look_back("a check after, open", 6, "After", "precious"),
    look_back("a check after, done", 6, "After", "rhiannon"),
    Seen(
        "a whole lesson of checks",
        "/learning/{amina}/own-way/look-back/whole/",
        "Look back",
        "amina",
    ),
    check("all the questions", "{round_open}", "What you know now"),
    check("new", "{round_new}", "What you know now", "ken"),
    check("options", "{round_new}/{round_new_check}", "{round_new_check}", "ken"),
    check("order", "{round_new}/{round_new_order}", "{round_new_order}", "ken"),
    check("sort", "{round_new}/{round_new_sort}", "{round_new_sort}", "ken"),
    check(
        "sort, empty",
        "{round_new}/{round_new_sort}",
        "{round_new_sort}",
        "ken",
        do="Save my groups",
    ),
    check("before", "{round_unsure}/1", "1", "ken"),
    check("before, answered", "{round_before}/1", "1"),
    check("options, answered", "{round_open}/{round_open_check}", "{round_open_check}"),
    check("order, answered", "{round_open}/{round_open_order}", "{round_open_order}"),
    check("sort, answered", "{round_open}/{round_open_sort}", "{round_open_sort}"),
    check("on paper", "{round_open}/paper", "What you know now"),
    check("the end before", "{round_before}", "Thank you, that’s all of them"),
    check("the end, not yet", "{round_not_yet}", "Not there yet, and that is fine"),
    check("the end, enough", "{round_enough}", "You are there", "rhiannon"),
    talk("not begun", "1/", "A talk", "amina"),
    talk("with a content note", "2/", "A harder talk", "amina"),
    talk("on the way", "2/", "A harder talk"),
    talk("at its end", "1/", "A talk"),
    talk("a moment", "2/scenario/2/", "Just between us"),
    talk("a moment, empty", "2/scenario/2/", "Just between us", do="See what happens"),
    talk("what came of it", "1/scenario/1/", "News from the clinic"),
    talk("an unsafe choice", "2/scenario/1/", "Just between us"),
    talk("an ending", "1/scenario/3/", "They felt heard"),
    talk("as cards", "1/scenario/card/", "News from the clinic"),
    talk("on one page", "whole/", "Talks"),
    step("a checklist", 7, "What is ready?"),
    step("a checklist, ticked", 7, "What is ready?", "precious"),
    step("a group agreement", 8, "What we agree"),
    step("an agreement to sign", 9, "My promise"),
    step("an agreement to sign, empty", 9, "My promise", do="Sign it"),
    step("an agreement, signed", 9, "My promise", "precious"),
    Seen("my session, looking back", "/learning/{precious}/own-way/", OWN_WAY, "precious"),
    Seen(
        "a step, looking back",
        "/learning/{precious}/own-way/small-plan/1/",
        "Step 1",
        "precious",
    ),
    Seen(
        "looked back",
        "/learning/{grace}/plans/{shared_plan}/said/",
        "Thank you for looking back",
        "grace",
    ),
    Seen("a plan to share", "/learning/{precious}/plans/{plan}/share/", SHARE, "precious"),
    Seen("a plan, shared", "/learning/{grace}/plans/{shared_plan}/share/", SHARE, "grace"),
    Seen(
        "a slip",
        "/learning/{precious}/plans/{plan}/slip/",
        "My plan, on a slip of paper",
        "precious",
    ),
    Seen("an empty slip", "/learning/{amina}/plans/slip/", "A slip to write a plan on", "amina"),
    Seen("shared plans", "/learning/{amina}/shared-plans/", SHARED, "amina"),
    Seen("shared plans, none", "/learning/{rhiannon}/shared-plans/", SHARED, "rhiannon"),
    Seen("what helps", "/learning/{amina}/what-helps/", "What helps me take part", "amina"),
    Seen("about you", "/learning/{amina}/about-you/", "About you", "amina"),
    Seen(
        "about you, empty",
        "/learning/{amina}/about-you/",
        "About you",
        "amina",
        do="Keep my answers",
    ),
    Seen("a measure", "/learning/{amina}/measures/{measure}/", ONS4.title, "amina"),
    Seen(
        "a measure, empty",
        "/learning/{amina}/measures/{measure}/",
        ONS4.title,
        "amina",
        do="Keep my answers",
    ),
    Seen("what we agreed", "/learning/{amina}/agreement/", "What we agreed", "amina"),
    Seen("what we agreed, not yet", "/learning/{rhiannon}/agreement/", AGREED, "rhiannon"),
    Seen("what I signed", "/learning/{precious}/signed/{signed}/", "What I will do", "precious"),
    Seen(
        "a lesson's end, too soon",
        "/learning/{amina}/listening/leave-room/end/",
        "Nearly there",
        "amina",
    ),
    Seen(
        "a lesson's end",
        "/learning/{precious}/listening/leave-room/end/",
        "That’s this lesson finished",
        "precious",
    ),
    Seen("a whole lesson", "/learning/{amina}/listening/leave-room/whole/", "Leave room", "amina"),
    Seen(
        "a whole lesson, large print",
        "/learning/{amina}/listening/leave-room/whole/?large=1",
        "Leave room",
        "amina",
    ),
    Seen("a handout", "/learning/{amina}/handouts/seven-steps/", "Seven steps", "amina"),
    Seen(
        "a handout, large print",
        "/learning/{amina}/handouts/seven-steps/?large=1",
        "Seven steps",
        "amina",
    ),
    Seen("a wide table", "/learning/{amina}/handouts/who-can-help/", "Who can help", "amina"),
    Seen("a notebook, empty", "/learning/{amina}/notebook/", "My notebook", "amina"),
    Seen("practising", "/learning/{amina}/practice/", "Practising", "amina"),
    Seen(
        "practising, with times",
        "/learning/{rhiannon}/practice/",
        "Practising",
        "rhiannon",
    ),
    Seen("practising, a talk first", "/learning/{precious}/practice/", "Practising", "precious"),
    Seen(
        "practising, nothing chosen",
        "/learning/{rhiannon}/practice/",
        "Practising",
        "rhiannon",
        do="Book this time",
    ),
    Seen(
        "looking back on a practice",
        "/learning/{grace}/practice/{unread}/",
        "How was it for you?",
        "grace",
    ),
    Seen(
        "looking back on a practice, empty",
        "/learning/{grace}/practice/{unread}/",
        "How was it for you?",
        "grace",
        do="Keep my words",
    ),
    Seen(
        "what was seen of me",
        "/learning/{precious}/practice/{seen}/",
        "What was seen",
        "precious",
    ),
    Seen("a notebook", "/learning/{precious}/notebook/", "My notebook", "precious"),
    Seen(
        "looking back", "/learning/{precious}/plans/{plan}/", "How did your plan go?", "precious"
    ),
    Seen(
        "looking back, empty",
        "/learning/{precious}/plans/{plan}/",
        "How did your plan go?",
        "precious",
        do="Save",
    ),
    Seen("groups I lead", "/groups/", "Groups I lead", "paul"),
    Seen("groups I lead, none", "/groups/", "Groups I lead", "rosa"),
    Seen("a group I lead", "/groups/{led}/", "Begun", "paul"),
    Seen("a group I led", "/groups/{led_whole}/", "Whole", "paul"),
    Seen("a session I led", "/groups/{led}/sessions/1/", "Session 1", "paul"),
    Seen(
        "a session I led, empty",
        "/groups/{led}/sessions/2/",
        "Session 2",
        "paul",
        do="Write it down",
    ),
    Seen("a checklist of mine", "/groups/{led}/checklist/", "Session checklist", "paul"),
    Seen(
        "a checklist of mine, empty",
        "/groups/{led}/checklist/",
        "Session checklist",
        "paul",
        do="Save the checklist",
    ),
    Seen("a group that stops", "/groups/{led}/end/", "Has Begun stopped?", "paul"),
    Seen("my days", "/calendar/", "My days", "precious"),
    Seen("my certificate", "/certificates/{valid}/", "Rhiannon Ŵyn Prŷs", "rhiannon"),
    Seen("my certificate, withdrawn", "/certificates/{withdrawn}/", "Ken Wallace", "ken"),
    Seen("my certificate, another name", "/certificates/{renamed}/", "Rhys Since", "rhys"),
    Seen(
        "a certificate with my name",
        "/certificates/{renamed}/name/",
        "A certificate with your name as it is now",
        "rhys",
    ),
    Seen(
        "how long mine counts", "/certificates/{ready_valid}/life/", "How long it counts", "rosa"
    ),
    Seen(
        "how long mine counts, no reason",
        "/certificates/{ready_valid}/life/",
        "How long it counts",
        "rosa",
        do="Pause it",
    ),
    Seen("my record", "/record/", "Your record", "rhiannon"),
    Seen("my record, nothing yet", "/record/", "Your record", "newcomer"),
]

STAFF = [
    Seen("my learning, organiser", "/learning/", "Hello, Organiser Oluchi", "organiser"),
    Seen("my learning, facilitator", "/learning/", "Hello, Facilitator Oluchi", "facilitator"),
    Seen("my learning, observer", "/learning/", "Hello, Observer Oluchi", "observer"),
    Seen("my learning, educator", "/learning/", "Hello, Peer Educator Oluchi", "peer_educator"),
    Seen("my learning, all of it", "/learning/", "Hello, Everything Ekua", "everything"),
    Seen("cohorts", "/organise/", "Your cohorts", "organiser"),
    Seen("is everything working", "/organise/working/", "Is everything working?", "organiser"),
    Seen("who might renew", "/certificates/ending/", "Who might renew", "organiser"),
    Seen(
        "how long it counts, paused",
        "/certificates/{paused}/life/",
        "How long it counts",
        "organiser",
    ),
    Seen(
        "renewing, empty",
        "/certificates/{lapsed}/life/",
        "How long it counts",
        "organiser",
        do="Renew it",
    ),
    Seen(
        "putting a certificate right",
        "/certificates/{valid}/correct/",
        "What is wrong on the certificate of Rhiannon Ŵyn Prŷs?",
        "organiser",
    ),
    Seen(
        "putting a certificate right, nothing",
        "/certificates/{valid}/correct/",
        "What is wrong on the certificate of Rhiannon Ŵyn Prŷs?",
        "organiser",
        do="Issue the new one",
    ),
    Seen(
        "looking again",
        "/organise/{finished_cohort}/people/{doubted}/look/",
        "Look again at what Dora Doubted reached",
        "organiser",
    ),
    Seen(
        "looking again, empty",
        "/organise/{finished_cohort}/people/{doubted}/look/",
        "Look again at what Dora Doubted reached",
        "organiser",
        do="Leave it as it stands",
    ),
    Seen("cohorts, none", "/organise/", "Your cohorts", "elsewhere"),
    Seen("cohorts, as facilitator", "/organise/", "Your cohorts", "facilitator"),
    Seen("starting a cohort", "/organise/new/", "Start a cohort", "organiser"),
    Seen(
        "starting, empty", "/organise/new/", "Start a cohort", "organiser", do="Look at the dates"
    ),
    Seen("a cohort", "/organise/{cohort}/", "Tuesday group", "organiser"),
    Seen("changing a cohort", "/organise/{cohort}/change/", "Name, place and places", "organiser"),
    Seen("inviting", "/organise/{cohort}/invitations/", "Invite people", "organiser"),
    Seen(
        "inviting, empty",
        "/organise/{cohort}/invitations/",
        "Invite people",
        "organiser",
        do="See what will happen",
    ),
    Seen("cards", "/organise/{cohort}/cards/", "Cards to sign in with", "organiser"),
    Seen(
        "holidays and settings",
        "/organise/settings/{riverside}/",
        "Holidays and settings",
        "organiser",
    ),
    Seen(
        "cancelling a session",
        "/organise/{empty}/sessions/{empty_run}/cancel/",
        "Cancel session 1?",
        "organiser",
    ),
    Seen("a cohort, as facilitator", "/organise/{cohort}/", "Tuesday group", "facilitator"),
    Seen("a cohort, empty", "/organise/{empty}/", "Winter group", "organiser"),
    Seen("a cohort, some of it", "/organise/{cohort}/?who=can", "Tuesday group", "organiser"),
    Seen("measures", "/organise/measures/{riverside}/", "Measures", "organiser"),
    Seen(
        "measures, empty totals",
        "/organise/measures/{riverside}/",
        "Measures",
        "organiser",
        do="Add these totals",
    ),
    Seen(
        "changing a measure",
        "/organise/measures/{riverside}/{measure}/",
        ONS4.title,
        "organiser",
    ),
    Seen("figures", "/organise/{cohort}/figures/", "Tuesday group in figures", "organiser"),
    Seen("figures, empty", "/organise/{empty}/figures/", "Winter group in figures", "organiser"),
    Seen(
        "figures of all",
        "/organise/figures/{riverside}/",
        "Riverside Peers in figures",
        "organiser",
    ),
    Seen("a person", "/organise/{cohort}/people/{amina}/", "Amina Yusuf", "organiser"),
    Seen(
        "a person, as facilitator",
        "/organise/{cohort}/people/{amina}/",
        "Amina Yusuf",
        "facilitator",
    ),
    Seen(
        "a day and pair",
        "/organise/{cohort}/sessions/{run}/",
        "2. Finding one’s own way",
        "organiser",
    ),
    Seen(
        "attendance",
        "/organise/{cohort}/sessions/{run}/attendance/",
        "Who was here?",
        "organiser",
    ),
    Seen(
        "attendance, nobody",
        "/organise/{empty}/sessions/{empty_run}/attendance/",
        "Who is here?",
        "organiser",
    ),
    Seen(
        "attendance, cancelled",
        "/organise/{finished_cohort}/sessions/{cancelled_run}/attendance/",
        "Who was here?",
        "organiser",
    ),
    Seen(
        "how a session went",
        "/organise/{cohort}/sessions/{planned_run}/held/",
        "How session 1 went: Listening",
        "organiser",
    ),
    Seen(
        "how a session went, nothing yet",
        "/organise/{cohort}/sessions/{run}/held/",
        "How session 2 went: Finding one’s own way",
        "facilitator",
    ),
    Seen(
        "the activities",
        "/organise/{cohort}/sessions/{planned_run}/activities/",
        "How did the activities go?",
        "facilitator",
    ),
    Seen(
        "the activities, none planned",
        "/organise/{cohort}/sessions/{run}/activities/",
        "How did the activities go?",
        "facilitator",
    ),
    Seen(
        "the checklist",
        "/organise/{cohort}/sessions/{planned_run}/checklist/",
        "Session checklist",
        "facilitator",
    ),
    Seen(
        "the checklist, empty",
        "/organise/{cohort}/sessions/{run}/checklist/",
        "Session checklist",
        "facilitator",
        do="Save the checklist",
    ),
    Seen(
        "the checklist, as observer",
        "/organise/{cohort}/sessions/{planned_run}/checklist/",
        "Session checklist",
        "observer",
    ),
    Seen("sessions to watch", "/organise/watching/", "Sessions to watch", "observer"),
    Seen(
        "a code to hold up",
        "/organise/{cohort}/sessions/{planned_run}/code/",
        "How was it today?",
        "facilitator",
    ),
    Seen(
        "catching up",
        "/organise/{cohort}/people/{absent}/catch-up/",
        "Catching up: {absent_name}",
        "organiser",
    ),
    Seen(
        "a catch-up, empty",
        "/organise/{cohort}/people/{absent}/catch-up/{planned_run}/",
        "{absent_name} makes up session 1",
        "organiser",
        do="Save: it is made up",
    ),
    Seen("messages", "/organise/messages/", "Messages", "organiser"),
    Seen("messages of a cohort", "/organise/{cohort}/messages/", "Messages", "organiser"),
    Seen(
        "a note",
        "/organise/{cohort}/people/{precious}/note/",
        "Write to Precious Okafor",
        "organiser",
    ),
    Seen(
        "a note, looked at",
        "/organise/{cohort}/people/{precious}/note/",
        "This is what they will get",
        "organiser",
        do="See what they will get",
        after=200,
    ),
    Seen(
        "they asked to be forgotten",
        "/organise/{cohort}/people/{precious}/forget/",
        "Did Precious Okafor ask you to be forgotten?",
        "organiser",
    ),
    Seen(
        "they asked to be forgotten, empty",
        "/organise/{cohort}/people/{precious}/forget/",
        "Did Precious Okafor ask you to be forgotten?",
        "organiser",
        do="Have them forgotten",
    ),
    Seen("people", "/organise/{cohort}/people/", "The people", "organiser"),
    Seen("people, none", "/organise/{empty}/people/", "The people", "organiser"),
    Seen(
        "one person, much left",
        "/organise/{ready_cohort}/people/{waived}/ready/",
        "Wilma Waived",
        "organiser",
    ),
    Seen(
        "one person, a waiver, empty",
        "/organise/{ready_cohort}/people/{waived}/ready/?waive",
        "Wilma Waived",
        "organiser",
        do="Waive it",
    ),
    Seen(
        "one person, to sign off",
        "/organise/{ready_cohort}/people/{waiting}/ready/",
        "Wanda Waiting",
        "organiser",
    ),
    Seen(
        "one person, signing off, empty",
        "/organise/{ready_cohort}/people/{waiting}/ready/",
        "Wanda Waiting",
        "organiser",
        do="Sign off as ready",
    ),
    Seen(
        "one person, ready",
        "/organise/{ready_cohort}/people/{signed_off}/ready/",
        "Rosa Ready",
        "organiser",
    ),
    Seen(
        "a group's agreement",
        "/organise/{cohort}/agreement/",
        "What the group agreed",
        "organiser",
    ),
    Seen(
        "a group's agreement, new",
        "/organise/{empty}/agreement/",
        "What the group agreed",
        "organiser",
    ),
    Seen("a wall", "/organise/{cohort}/agreement/wall/", AGREED, "facilitator"),
    Seen("shared plans, as facilitator", "/organise/{cohort}/plans/", SHARED, "facilitator"),
    Seen("mentoring", "/mentoring/", "People you mentor", "mentor"),
    Seen("mentoring, nobody yet", "/mentoring/", "People you mentor", "everything"),
    Seen("my learning, mentor", "/learning/", "Hello, Peer Mentor Oluchi", "mentor"),
    Seen("the guide", "/organise/{cohort}/guide/", "Becoming a peer facilitator", "facilitator"),
    Seen(
        "the guide to a session",
        "/organise/{cohort}/sessions/{planned_run}/guide/",
        "Listening",
        "facilitator",
    ),
    Seen(
        "the guide to a session, large print",
        "/organise/{cohort}/sessions/{planned_run}/guide/?large=1",
        "Listening",
        "facilitator",
    ),
    Seen("handouts", "/organise/{cohort}/handouts/", "Handouts to print", "facilitator"),
    Seen(
        "a handout, as facilitator",
        "/organise/{cohort}/handouts/observer-form/",
        "Observer form",
        "facilitator",
    ),
    Seen(
        "moving a cohort",
        "/organise/{cohort}/edition/",
        "Move the group to edition 2",
        "organiser",
    ),
    Seen(
        "trying a lesson's step",
        "/cms/courses/{cms_lesson}/try/3/",
        "What would you say?",
        "peer_educator",
    ),
    Seen(
        "trying a lesson's end",
        "/cms/courses/{cms_lesson}/try/end/",
        "That is the end of the lesson",
        "peer_educator",
    ),
    Seen(
        "an activity, tried",
        "/cms/activities/{cms_activity}/1/play/",
        "Words that leave room",
        "peer_educator",
    ),
    Seen("practice", "/organise/{cohort}/practice/", WATCHED, "organiser"),
    Seen("practice, none", "/organise/{empty}/practice/", WATCHED, "organiser"),
    Seen("planning times", "/organise/{cohort}/practice/plan/", PLAN_TIMES, "organiser"),
    Seen(
        "planning times, empty",
        "/organise/{cohort}/practice/plan/",
        PLAN_TIMES,
        "organiser",
        do="Plan these times",
    ),
    Seen("a time", "/organise/{cohort}/practice/times/{free_slot}/", "{free_when}", "organiser"),
    Seen(
        "a time, booked by nobody",
        "/organise/{cohort}/practice/times/{free_slot}/",
        "{free_when}",
        "organiser",
        do="Book it for them",
    ),
    Seen(
        "a time, taken",
        "/organise/{cohort}/practice/times/{taken_slot}/",
        "{taken_when}",
        "organiser",
    ),
    Seen("what was seen", "/organise/{cohort}/practice/{seen}/", SEEN_OF, "organiser"),
    Seen("correcting", "/organise/{cohort}/practice/{seen}/correct/", SEEN_OF, "organiser"),
    Seen("observing", "/observe/", "Watching practice", "observer"),
    Seen("observing, to begin with", "/observe/", "Watching practice", "everything"),
    Seen("an observation", "/observe/practice/{due}/", DUE_OF, "observer"),
    Seen(
        "an observation, empty",
        "/observe/practice/{due}/",
        DUE_OF,
        "observer",
        do="See what follows",
    ),
    Seen("what I saw", "/observe/practice/{seen}/seen/", SEEN_OF, "observer"),
    Seen("correcting what I saw", "/observe/practice/{seen}/correct/", SEEN_OF, "observer"),
    Seen(
        "the rubric on paper",
        "/observe/practice/{due}/paper/rubric/",
        "What we look for",
        "observer",
    ),
    Seen("samples", "/observe/compare/{riverside}/", AGREEING, "observer"),
    Seen("samples, first time", "/observe/compare/{riverside}/", AGREEING, "everything"),
    Seen("a sample", "/observe/compare/{riverside}/{sample}/", "The long corridor", "everything"),
    Seen(
        "a sample, empty",
        "/observe/compare/{riverside}/{sample}/",
        "The long corridor",
        "everything",
        do="See where we agree",
    ),
    Seen("compared", "/observe/compare/{riverside}/tries/{try}/", "You can observe", "observer"),
    Seen("somebody mentored", "/mentoring/{precious}/", "Precious Okafor", "mentor"),
    Seen("groups led later", "/organise/groups/{riverside}/", LED_LATER, "organiser"),
    Seen("groups led later, none", "/organise/groups/{elsewhere_place}/", LED_LATER, "elsewhere"),
    Seen("a new group", "/organise/groups/{riverside}/new/", NEW_GROUP, "organiser"),
    Seen(
        "a new group, empty",
        "/organise/groups/{riverside}/new/",
        NEW_GROUP,
        "organiser",
        do="Write it down",
    ),
    Seen(
        "a new group, nobody ready",
        "/organise/groups/{elsewhere_place}/new/",
        NEW_GROUP,
        "elsewhere",
    ),
    Seen("calls", "/organise/support/{riverside}/", DUE_FOR_A_CALL, "organiser"),
    Seen("calls, none", "/organise/support/{elsewhere_place}/", DUE_FOR_A_CALL, "elsewhere"),
    Seen("a call", "/groups/support/{called}/", "In touch with Paul Partner", "organiser"),
    Seen(
        "a call, empty",
        "/groups/support/{called}/",
        "In touch with Paul Partner",
        "organiser",
        do="Write it down",
    ),
    Seen(
        "a call, too soon",
        "/groups/support/{signed_off}/",
        "In touch with Rosa Ready",
        "organiser",
    ),
    Seen("a checklist, as observer", "/groups/{led}/checklist/", "Session checklist", "observer"),
    Seen("contacts", "/organise/contacts/{riverside}/", "Who people turn to", "organiser"),
    Seen("roles", "/organise/roles/{riverside}/", "Who does what", "organiser"),
    Seen(
        "roles, to look at again",
        "/organise/roles/{riverside}/",
        "Who does what",
        "organiser",
        do="Give the role",
    ),
    Seen(
        "ending a role",
        "/organise/roles/{riverside}/{mentor_role}/end/",
        "Peer Mentor Oluchi: end the role of peer mentor?",
        "organiser",
    ),
    Seen("what was issued", "/certificates/", "Certificates we issued", "organiser"),
    Seen("what was issued, nothing", "/certificates/", "Certificates we issued", "elsewhere"),
    Seen(
        "a certificate, as organiser", "/certificates/{valid}/", "Rhiannon Ŵyn Prŷs", "organiser"
    ),
    Seen(
        "withdrawing",
        "/certificates/{valid}/withdraw/",
        "Withdraw the certificate of Rhiannon Ŵyn Prŷs?",
        "organiser",
    ),
    Seen(
        "withdrawing, empty",
        "/certificates/{valid}/withdraw/",
        "Withdraw the certificate of Rhiannon Ŵyn Prŷs?",
        "organiser",
        do="Withdraw this certificate",
    ),
]

# Spanish words are longer. Where they stand closest together:
CLOSE = {
    "my course",
    "a step: a plan",
    "a step: a scale",
    "a plan, shared",
    "a cohort",
    "attendance",
}

# Our own parts of the CMS: the address, and where on the page.
DESK_PARTS = {
    "the writing desk": ("/cms/", ".course-tree"),
    "what waits": ("/cms/", ".desk-waiting"),
    "making an edition": ("/cms/courses/{cms_course}/make-edition/", "main"),
    "a session's minutes": (
        "/cms/pages/{cms_session}/edit/",
        "#panel-child-content-minutes-section",
    ),
    "the usual plan": ("/cms/sessions/{cms_unplanned}/usual-plan/", "main"),
    "the guide of a draft": ("/cms/sessions/{cms_session}/guide/", "main"),
    "exporting a course": ("/cms/courses/{cms_course}/export/", "main"),
    "importing a course": ("/cms/courses/import/", "main"),
    "a course's editions": (
        "/cms/pages/{cms_course}/edit/",
        "#panel-child-content-editions-section",
    ),
    "a lesson's scenarios": ("/cms/courses/{cms_talks}/scenarios/", "main"),
    "where a draft stands": ("/cms/pages/{cms_draft}/edit/", ".desk-standing"),
    "how to write": ("/cms/courses/how-to-write/", ".desk"),
    "beginning a lesson": ("/cms/courses/{cms_session}/begin-lesson/", ".desk"),
    "before publishing": ("/cms/courses/{cms_draft}/before/", ".desk"),
    "a second reading": ("/cms/courses/{cms_waiting}/second-reading/", ".desk"),
    "what publishing did": ("/cms/courses/{cms_lesson}/published/", ".desk"),
    "trying a lesson": ("/cms/courses/{cms_lesson}/try/", ".desk"),
    "activities": ("/cms/activities/", ".desk"),
    "an activity": ("/cms/activities/{cms_activity}/", ".desk"),
    "uploading an activity": ("/cms/activities/upload/", ".desk"),
    "another file for an activity": ("/cms/activities/{cms_activity}/replace/", ".desk"),
    "deleting an activity": ("/cms/activities/{cms_activity}/delete/", ".desk"),
    "how certificates look": ("/cms/snippets/certificates/certificatestyle/add/", "main"),
}

# Pages that only trouble brings up are drawn from their templates.
TROUBLE = {
    "400.html": "We could not read that",
    "403.html": "This page is for someone else",
    "403_csrf.html": "Please send that once more",
    "413.html": "This is too much at once",
    "429.html": "Let us take a short break",
    "500.html": "Something broke on our side",
    "lms/demo_link_used.html": "This link has been used",
}


ALONE = {"400.html", "500.html"}  # Django draws these without knowing who asked


def a_request():
    request = RequestFactory().get("/drawn/")
    request.user, request.session = AnonymousUser(), {}
    return request


@pytest.fixture(scope="module")
def furnished(migrated, django_db_blocker, tmp_path_factory):
    """A file with the world in it, and what is to be found there."""
    path = tmp_path_factory.mktemp("world") / "world.sqlite3"
    path.write_bytes(migrated.read_bytes())
    with on_database(path, django_db_blocker):
        made = world.make()
    return path, made


@pytest.fixture
def beginning(furnished):
    return furnished[0]


@pytest.fixture
def found(furnished):
    return furnished[1]


def names(pages):
    return [page.name for page in pages]


def keep_picture(page, name):
    if PICTURES:
        for width in (390, DESK):
            page.set_viewport_size({"width": width, "height": 844})
            picture = Path(PICTURES) / f"{name.replace(' ', '-')}-{width}.png"
            page.screenshot(path=picture, full_page=True)


@pytest.mark.parametrize("seen", PUBLIC + TRAINEES + STAFF, ids=names(PUBLIC + TRAINEES + STAFF))
def test_everyone_can_use(seen, open_browser, found, allowed):
    page = open_browser(found.people.get(seen.who))
    allowed.add(seen.status)
    answer = page.goto(seen.path.format(**found.parts))
    assert answer.status == seen.status
    if seen.do:
        allowed.add(seen.after)
        with page.expect_navigation() as moved:
            page.locator("main").get_by_role("button", name=seen.do, exact=True).click()
        assert moved.value.status == seen.after
        assert (page.locator("main .problem").count() > 0) == (seen.after == 422)
    assert page.locator("h1").inner_text() == seen.h1.format(**found.parts)
    keep_picture(page, seen.name)
    assert everything_wrong(page) == []


@pytest.mark.parametrize(
    "seen",
    [seen for seen in TRAINEES + STAFF if seen.name in CLOSE],
    ids=lambda seen: seen.name,
)
def test_longer_words_fit_on_a_phone(seen, open_browser, found, site):
    page = open_browser(found.people[seen.who])
    page.context.add_cookies([{"name": "django_language", "value": "es", "url": site}])
    page.goto(seen.path.format(**found.parts))
    assert page.locator("html").get_attribute("lang") == "es"
    keep_picture(page, f"{seen.name}, in Spanish")
    assert (sideways(page), small_controls(page)) == ([], [])


def test_everyone_can_take_back_what_they_wrote(open_browser, found, site):
    page = open_browser()
    path = "/learning/{amina}/listening/leave-room/5/".format(**found.parts)
    sent = {"text": ["On the bus.\nBy a stranger."], "key": ["1"]}
    sign_in(page.context, found.people["amina"], site, kept={"path": path, "sent": sent})
    page.goto("/account/kept/")
    assert page.locator("h1").inner_text() == "We kept what you wrote"
    keep_picture(page, "kept")
    assert everything_wrong(page) == []


def test_everyone_can_type_their_code(open_browser, found):
    page = open_browser()
    page.goto("/account/sign-in/")
    page.get_by_label("Your e-mail address").fill(found.people["amina"].email)
    page.get_by_role("button", name="Send me a code").click()
    assert page.locator("h1").inner_text() == "Look in your e-mail"
    keep_picture(page, "code")
    assert everything_wrong(page) == []
    page.get_by_label("Your code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.locator(".problem").count() == 1
    keep_picture(page, "code,-wrong")
    assert everything_wrong(page) == []


@pytest.mark.parametrize(("path", "within"), DESK_PARTS.values(), ids=DESK_PARTS.keys())
def test_everyone_can_write(path, within, open_browser, found):
    page = open_browser(found.people["peer_educator"], width=DESK)
    answer = page.goto(path.format(**found.parts))
    assert answer.status == 200
    assert page.locator(within).is_visible()
    assert everything_wrong(page, within, ours=False) == []


def test_everyone_can_publish_alone_who_may(open_browser, found):
    page = open_browser(found.people["everything"], width=DESK)
    page.goto("/cms/courses/{cms_waiting}/alone/".format(**found.parts))
    assert everything_wrong(page, ".desk", ours=False) == []


def test_everyone_can_read_a_draft(open_browser, found):
    page = open_browser(found.people["peer_educator"], width=DESK)
    answer = page.goto("/cms/pages/{cms_lesson}/view_draft/".format(**found.parts))
    assert answer.status == 200
    assert page.locator("h1").inner_text() == "Leave room"
    keep_picture(page, "draft")
    assert everything_wrong(page) == []


@pytest.mark.parametrize("more", ["", "?asked=1"], ids=["a moment", "nothing chosen"])
def test_everyone_can_play_a_draft(more, open_browser, found):
    page = open_browser(found.people["peer_educator"], width=DESK)
    path = "/cms/courses/{cms_talks}/scenarios/{cms_talk}/".format(**found.parts)
    answer = page.goto(path + more)
    assert answer.status == 200
    keep_picture(page, f"draft-played{more.strip('?=1')}")
    assert everything_wrong(page) == []


@pytest.mark.parametrize(("template", "h1"), TROUBLE.items(), ids=TROUBLE.keys())
def test_everyone_can_read_in_trouble(template, h1, open_browser):
    page = open_browser()
    drawn = render_to_string(template, request=None if template in ALONE else a_request())
    page.route("**/drawn/", lambda route: route.fulfill(body=drawn, content_type="text/html"))
    page.goto("/drawn/")
    assert page.locator("h1").inner_text() == h1
    keep_picture(page, template.replace("/", "-"))
    assert everything_wrong(page) == []


def test_faults_put_in_on_purpose_are_found(open_browser):
    page = open_browser(width=320)
    page.set_content((Path(__file__).parent / "faulty.html").read_text())
    broken = {fault.split(":")[0] for fault in rules_broken(page)}
    assert broken >= {"color-contrast", "html-has-lang", "image-alt", "label"}
    assert len(small_controls(page)) == 2
    assert len(sideways(page)) == 1
