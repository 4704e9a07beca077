"""Where peer mentors go: how those they support get on, what observers saw, what was shared."""

from django.urls import path

from courses.views import mentoring, observing

urlpatterns = [
    path("", mentoring.mentoring, name="mentoring"),
    path("<int:enrolment>/", mentoring.mentored, name="mentored"),
    path("practice/<int:practice>/", observing.mentored_practice, name="mentored_practice"),
]
