"""Where trainees go. All of it is their own: someone else's is not found."""

from django.urls import path

from courses.views import checks, journal, learning, lessons

urlpatterns = [
    path("learning/<int:pk>/", learning.course, name="course"),
    path("learning/<int:pk>/carry-on/", learning.go_on, name="carry_on"),
    path("learning/<int:pk>/notebook/", journal.notebook, name="notebook"),
    path("learning/<int:pk>/plans/<int:plan>/", journal.review_plan, name="review_plan"),
    path("learning/<int:pk>/checks/<uuid:check>/begin/", checks.begin, name="check_begin"),
    path("learning/<int:pk>/checks/<int:round>/", checks.overview, name="check_round"),
    path("learning/<int:pk>/checks/<int:round>/paper/", checks.paper, name="check_paper"),
    path(
        "learning/<int:pk>/checks/<int:round>/<int:place>/",
        checks.question,
        name="check_question",
    ),
    path("learning/<int:pk>/<slug:session>/", learning.session, name="session"),
    path("learning/<int:pk>/<slug:session>/<slug:lesson>/", lessons.lesson, name="lesson"),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/end/",
        lessons.lesson_end,
        name="lesson_end",
    ),
    path("learning/<int:pk>/<slug:session>/<slug:lesson>/whole/", lessons.whole, name="whole"),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/", lessons.step, name="step"
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/finished/",
        lessons.finish,
        name="finish",
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/undo/",
        lessons.undo,
        name="undo",
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/<uuid:exercise>/",
        lessons.answer,
        name="answer",
    ),
]
