"""Which screens show what is kept about somebody else, so that it is written down who looked.

One table for all apps. An address about one person writes a row for that person; one that lists
a group writes one row for the group. `tests/lms/test_looking.py` walks all addresses.
"""

from django.db.models import Subquery
from django.utils import timezone

from certificates import numbers
from certificates.models import Certificate
from courses.actions import looking
from courses.models import Cohort, Enrolment, Looked, LookRole, Practice, PracticeTalk

# {name of an address: (what is looked at, which part of it names what)}
AT_A_PERSON = {
    "person": (Looked.DONE, "enrolment"),
    "person_look": (Looked.DONE, "enrolment_pk"),
    "person_note": (Looked.WAYS_TO_REACH, "enrolment_pk"),
    "person_forget": (Looked.WAYS_TO_REACH, "enrolment_pk"),
    "person_ready": (Looked.READY, "enrolment_pk"),
    "catch_ups": (Looked.ATTENDANCE, "enrolment_pk"),
    "catch_up": (Looked.ATTENDANCE, "enrolment_pk"),
    "take_out": (Looked.DONE, "enrolment"),
    "support_contact": (Looked.CALLS, "enrolment"),
    "mentored": (Looked.DONE, "enrolment"),
}
AT_A_PRACTICE = dict.fromkeys(
    [
        "mentored_practice",
        "observe_correct",
        "observe_paper",
        "observe_practice",
        "observe_seen",
        "practice_correct",
        "practice_observed",
    ],
    (Looked.PRACTICE, "practice"),
) | {"practice_talk": (Looked.PRACTICE, "talk")}
AT_A_CERTIFICATE = dict.fromkeys(
    [
        "certificate",
        "certificate_correct",
        "certificate_life",
        "certificate_pdf",
        "certificate_renew",
        "large_print",
        "withdraw",
    ],
    (Looked.CERTIFICATE, "serial"),
)
AT_A_GROUP = dict.fromkeys(
    [
        "cards",
        "cohort",
        "cohort_csv",
        "cohort_messages",
        "cohort_people",
        "cohort_plans",
        "cohort_xlsx",
        "invitations",
        "practice_slot",
        "practice_slots",
        "session_guide",  # with what helps people take part
    ],
    (Looked.GROUP, "pk"),
) | {"attendance": (Looked.ATTENDANCE, "pk")}
WATCHED = AT_A_PERSON | AT_A_PRACTICE | AT_A_CERTIFICATE | AT_A_GROUP
BY_ADDRESS = {"/mentoring/": LookRole.MENTOR, "/observe/": LookRole.OBSERVER}


def who_looked(get_response):
    """Write down who was shown what is kept about somebody else."""

    def middleware(request):
        response = get_response(request)
        found = request.resolver_match
        is_shown = response.status_code in {200, 304, 422} and request.method != "HEAD"
        if found and found.url_name in WATCHED and is_shown and request.user.is_authenticated:
            _note(request, found)
        return response

    return middleware


def _note(request, found):
    what, part = WATCHED[found.url_name]
    value = found.kwargs[part]
    if found.url_name in AT_A_CERTIFICATE and _of_serial(value).filter(holder=request.user):
        return
    begins = (role for start, role in BY_ADDRESS.items() if request.path_info.startswith(start))
    looking.note(
        by=request.user,
        what=what,
        day=timezone.localdate(),
        as_role=next(begins, None),
        otherwise=LookRole.MENTOR if what is Looked.CALLS else LookRole.FACILITATOR,
        **_about(found.url_name, value),
    )


def _about(name, value):
    """Return whom or which group an address is about, for the database to work out."""
    if name in AT_A_GROUP:
        return {"cohort": value, "organisation": _of(Cohort, value, "organisation")}
    if name in AT_A_CERTIFICATE:
        return _person(_of_serial(value), "holder", "organisation")
    if name in AT_A_PERSON:
        found = Enrolment.objects.filter(pk=value)
        return _person(found, "trainee", "cohort__organisation")
    model = PracticeTalk if name == "practice_talk" else Practice
    found = model.objects.filter(pk=value).order_by()
    return _person(found, "enrolment__trainee", "enrolment__cohort__organisation")


def _of_serial(value):
    return Certificate.objects.filter(serial=numbers.read(value) or "").order_by()


def _person(found, person, organisation):
    return {
        "person": Subquery(found.values(person)[:1]),
        "organisation": Subquery(found.values(organisation)[:1]),
    }


def _of(model, pk, column):
    return Subquery(model.objects.filter(pk=pk).order_by().values(column)[:1])
