"""Where trainees go. All of it is their own: someone else's is not found."""

from django.urls import path

from courses.views import handouts, journal, learning, lessons

urlpatterns = [
    path("learning/<int:pk>/", learning.course, name="course"),
    path("learning/<int:pk>/carry-on/", learning.go_on, name="carry_on"),
    path("learning/<int:pk>/notebook/", journal.notebook, name="notebook"),
    path("learning/<int:pk>/plans/<int:plan>/", journal.review_plan, name="review_plan"),
    path("learning/<int:pk>/handouts/<slug:handout>/", handouts.handout, name="handout"),
    path(
        "learning/<int:pk>/handouts/<slug:handout>/pdf/", handouts.handout_pdf, name="handout_pdf"
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
