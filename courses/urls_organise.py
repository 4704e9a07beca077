"""Where organisers and facilitators look after cohorts. Someone else's cohort is not found."""

from django.urls import path

from courses.views import (
    agreements,
    attendance,
    cohorts,
    delivery,
    feedback,
    fidelity,
    guides,
    handouts,
    invitations,
    moving,
    organisation,
    people,
    reports,
    sharing,
)

urlpatterns = [
    path("", cohorts.organise, name="organise"),
    path("new/", cohorts.start, name="cohort_new"),
    path("contacts/<int:pk>/", organisation.contacts, name="contacts"),
    path("figures/<int:pk>/", reports.organisation_figures, name="organisation_figures"),
    path(
        "figures/<int:pk>/pdf/", reports.organisation_figures_pdf, name="organisation_figures_pdf"
    ),
    path("<int:pk>/figures/", reports.cohort_figures, name="cohort_figures"),
    path("<int:pk>/figures/pdf/", reports.cohort_figures_pdf, name="cohort_figures_pdf"),
    path("<int:pk>/", cohorts.cohort, name="cohort"),
    path("<int:pk>/change/", cohorts.change, name="cohort_change"),
    path("<int:pk>/board.csv", cohorts.as_csv, name="cohort_csv"),
    path("<int:pk>/people/", people.cohort_people, name="cohort_people"),
    path("<int:pk>/people/<int:enrolment_pk>/ready/", ready.person_ready, name="person_ready"),
    path(
        "<int:pk>/people/<int:enrolment_pk>/ready/sign-off/",
        ready.person_sign_off,
        name="person_sign_off",
    ),
    path(
        "<int:pk>/people/<int:enrolment_pk>/ready/waivers/<int:waiver_pk>/take-back/",
        ready.take_back,
        name="waiver_take_back",
    ),
    path("<int:pk>/agreement/", agreements.write_group_agreement, name="group_agreement_edit"),
    path("<int:pk>/agreement/wall/", agreements.wall, name="group_agreement_wall"),
    path("<int:pk>/practice/", practice_slots.slots, name="practice_slots"),
    path("<int:pk>/practice/plan/", practice_slots.plan, name="practice_plan"),
    path("<int:pk>/practice/times/<int:slot>/", practice_slots.slot, name="practice_slot"),
    path(
        "<int:pk>/practice/times/<int:slot>/book/", practice_slots.book, name="practice_book_for"
    ),
    path(
        "<int:pk>/practice/times/<int:slot>/call-off/",
        practice_slots.call_off,
        name="practice_call_off",
    ),
    path(
        "<int:pk>/practice/<int:practice>/let-go/",
        practice_slots.let_go,
        name="practice_let_go_for",
    ),
    path("<int:pk>/practice/<int:practice>/", practice_slots.observed, name="practice_observed"),
    path(
        "<int:pk>/practice/<int:practice>/correct/",
        practice_slots.correct,
        name="practice_correct",
    ),
    path("<int:pk>/practice/talks/<int:talk>/", practice_slots.talk, name="practice_talk"),
    path("<int:pk>/plans/", sharing.cohort_plans, name="cohort_plans"),
    path("<int:pk>/edition/", moving.move, name="cohort_move"),
    path("<int:pk>/joining/", cohorts.joining, name="cohort_joining"),
    path("<int:pk>/invitations/", invitations.invitations, name="invitations"),
    path(
        "<int:pk>/invitations/<int:invitation>/take-back/",
        invitations.withdraw,
        name="invitation_withdraw",
    ),
    path("<int:pk>/waiting/<int:waiting>/let-in/", invitations.let_in, name="let_in"),
    path("<int:pk>/people/<int:enrolment>/take-out/", invitations.take_out, name="take_out"),
    path("<int:pk>/guide/", guides.course_guide, name="guide"),
    path("<int:pk>/guide/pdf/", guides.course_guide_pdf, name="guide_pdf"),
    path("<int:pk>/handouts/", handouts.cohort_handouts, name="cohort_handouts"),
    path("<int:pk>/handouts/<slug:handout>/", handouts.cohort_handout, name="cohort_handout"),
    path(
        "<int:pk>/handouts/<slug:handout>/pdf/",
        handouts.cohort_handout_pdf,
        name="cohort_handout_pdf",
    ),
    path("<int:pk>/sessions/<int:run_pk>/guide/", guides.session_guide, name="session_guide"),
    path(
        "<int:pk>/sessions/<int:run_pk>/guide/pdf/",
        guides.session_guide_pdf,
        name="session_guide_pdf",
    ),
    path("<int:pk>/sessions/<int:run_pk>/", sessions.session_run, name="session_run"),
    path("<int:pk>/sessions/<int:run_pk>/cancel/", sessions.cancel, name="session_cancel"),
    path("<int:pk>/sessions/<int:run_pk>/on-again/", sessions.bring_back, name="session_back"),
    path("<int:pk>/sessions/<int:run_pk>/attendance/", attendance.attendance, name="attendance"),
    path("<int:pk>/sessions/<int:run_pk>/held/", delivery.session_held, name="session_held"),
    path("<int:pk>/sessions/<int:run_pk>/activities/", delivery.activities, name="activities"),
    path("<int:pk>/sessions/<int:run_pk>/checklist/", fidelity.fidelity, name="fidelity"),
    path("<int:pk>/sessions/<int:run_pk>/code/", feedback.feedback_code, name="feedback_code"),
    path("watching/", fidelity.sessions_to_watch, name="sessions_to_watch"),
    path("<int:pk>/people/<int:enrolment_pk>/catch-up/", attendance.catch_ups, name="catch_ups"),
    path(
        "<int:pk>/people/<int:enrolment_pk>/catch-up/<int:run_pk>/",
        attendance.catch_up,
        name="catch_up",
    ),
]
