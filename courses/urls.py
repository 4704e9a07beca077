"""Where trainees go. All of it is their own: someone else's is not found."""

from django.urls import path

from courses.views import (
    about_you,
    agreements,
    checks,
    feedback,
    h5p,
    handouts,
    journal,
    learning,
    lessons,
    measures,
    needs,
    plans,
    practice,
    scenarios,
    sharing,
)

urlpatterns = [
    path("learning/<int:pk>/", learning.course, name="course"),
    path("learning/<int:pk>/carry-on/", learning.go_on, name="carry_on"),
    path("learning/<int:pk>/notebook/", journal.notebook, name="notebook"),
    path("learning/<int:pk>/checks/<uuid:check>/begin/", checks.begin, name="check_begin"),
    path("learning/<int:pk>/checks/<int:round>/", checks.overview, name="check_round"),
    path("learning/<int:pk>/checks/<int:round>/paper/", checks.paper, name="check_paper"),
    path(
        "learning/<int:pk>/checks/<int:round>/<int:place>/",
        checks.question,
        name="check_question",
    ),
    path("learning/<int:pk>/h5p/<uuid:exercise>/state/", h5p.state, name="h5p_state"),
    path("learning/<int:pk>/h5p/<uuid:exercise>/said/", h5p.said, name="h5p_said"),
    path("learning/<int:pk>/h5p/<uuid:exercise>/in-words/", h5p.in_words, name="h5p_in_words"),
    path("learning/<int:pk>/plans/slip/", plans.blank_slip, name="blank_slip"),
    path("learning/<int:pk>/plans/<int:plan>/", plans.review_plan, name="review_plan"),
    path("learning/<int:pk>/plans/<int:plan>/not-now/", plans.not_now, name="not_now"),
    path("learning/<int:pk>/plans/<int:plan>/said/", plans.looked_back, name="looked_back"),
    path("learning/<int:pk>/plans/<int:plan>/slip/", plans.plan_slip, name="plan_slip"),
    path("learning/<int:pk>/plans/<int:plan>/share/", sharing.share_plan, name="share_plan"),
    path("learning/<int:pk>/shared-plans/", sharing.shared_plans, name="shared_plans"),
    path("learning/<int:pk>/practice/", practice.practices, name="practices"),
    path("learning/<int:pk>/practice/<int:practice>/", practice.practice, name="practice"),
    path(
        "learning/<int:pk>/practice/<int:practice>/let-go/",
        practice.let_go,
        name="practice_let_go",
    ),
    path("learning/<int:pk>/about-you/", about_you.about_you, name="about_you"),
    path("learning/<int:pk>/measures/<int:instrument>/", measures.measure, name="measure"),
    path("learning/<int:pk>/what-helps/", needs.what_helps, name="what_helps"),
    path("learning/<int:pk>/agreement/", agreements.group_agreement, name="group_agreement"),
    path("learning/<int:pk>/signed/<int:signature>/", agreements.signed, name="signed"),
    path("learning/<int:pk>/how-it-was/<int:run>/", feedback.how_it_was, name="how_it_was"),
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
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/scenario/begin/",
        scenarios.begin,
        name="scenario_begin",
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/scenario/card/",
        scenarios.card,
        name="scenario_card",
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/scenario/<int:move>/",
        scenarios.move,
        name="scenario_move",
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/scenario/<int:move>/choose/",
        scenarios.choose,
        name="scenario_choose",
    ),
    path(
        "learning/<int:pk>/<slug:session>/<slug:lesson>/<int:number>/<uuid:exercise>/",
        lessons.answer,
        name="answer",
    ),
]
