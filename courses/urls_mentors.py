"""Where peer mentors go: what was shared with them, and what observers saw."""

from django.urls import path

from courses.views import observing, sharing

urlpatterns = [
    path("", sharing.mentoring, name="mentoring"),
    path("practice/", observing.mentored, name="mentored_practices"),
    path("practice/<int:practice>/", observing.mentored_practice, name="mentored_practice"),
]
