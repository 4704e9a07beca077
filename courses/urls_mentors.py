"""Where peer mentors go: what was shared with them, and nothing else."""

from django.urls import path

from courses.views import sharing

urlpatterns = [path("", sharing.mentoring, name="mentoring")]
