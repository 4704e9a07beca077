"""Where organisers and facilitators look after cohorts. Someone else's cohort is not found."""

from django.urls import path

from courses.views import attendance, cohorts, moving, organisation

urlpatterns = [
    path("", cohorts.organise, name="organise"),
    path("new/", cohorts.start, name="cohort_new"),
    path("contacts/<int:pk>/", organisation.contacts, name="contacts"),
    path("<int:pk>/", cohorts.cohort, name="cohort"),
    path("<int:pk>/board.csv", cohorts.as_csv, name="cohort_csv"),
    path("<int:pk>/edition/", moving.move, name="cohort_move"),
    path("<int:pk>/joining/", cohorts.joining, name="cohort_joining"),
    path("<int:pk>/sessions/<int:run_pk>/", cohorts.session_run, name="session_run"),
    path("<int:pk>/sessions/<int:run_pk>/attendance/", attendance.attendance, name="attendance"),
]
