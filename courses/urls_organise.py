"""Where organisers and facilitators look after cohorts. Someone else's cohort is not found."""

from django.urls import path

from courses.views import (
    agreements,
    attendance,
    cohorts,
    guides,
    handouts,
    invitations,
    moving,
    organisation,
    people,
    sessions,
    sharing,
)

urlpatterns = [
    path("", cohorts.organise, name="organise"),
    path("new/", cohorts.start, name="cohort_new"),
    path("contacts/<int:pk>/", organisation.contacts, name="contacts"),
    path("settings/<int:pk>/", organisation.settings, name="organisation_settings"),
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
    path("<int:pk>/people/<int:enrolment_pk>/catch-up/", attendance.catch_ups, name="catch_ups"),
    path(
        "<int:pk>/people/<int:enrolment_pk>/catch-up/<int:run_pk>/",
        attendance.catch_up,
        name="catch_up",
    ),
]
