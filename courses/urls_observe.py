"""Where observers go: the practices they watch, and the samples they compare themselves with."""

from django.urls import path

from courses.views import calibration, observing

urlpatterns = [
    path("", observing.home, name="observe"),
    path("practice/<int:practice>/", observing.practice, name="observe_practice"),
    path("practice/<int:practice>/seen/", observing.seen, name="observe_seen"),
    path("practice/<int:practice>/correct/", observing.correct, name="observe_correct"),
    path("practice/<int:practice>/paper/<slug:handout>/", observing.paper, name="observe_paper"),
    path("compare/<int:organisation>/", calibration.samples, name="calibration"),
    path(
        "compare/<int:organisation>/<slug:sample>/", calibration.sample, name="calibration_sample"
    ),
    path(
        "compare/<int:organisation>/tries/<int:pk>/", calibration.compared, name="calibration_try"
    ),
]
