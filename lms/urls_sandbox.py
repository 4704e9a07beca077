"""Addresses of H5P frames, and of what they ask for: behind `lms.middleware.sandbox_door` only.

No session, no sign-in, no cookies: the address itself says what may be read.
"""

from django.urls import path

from content.views import h5p_frame

urlpatterns = [
    path("h5p/player/<str:key>/<path:path>", h5p_frame.player),
    path("h5p/<str:token>/", h5p_frame.frame),
    path("h5p/<str:token>/joined/<str:key>.js", h5p_frame.script),
    path("h5p/<str:token>/joined/<str:key>.css", h5p_frame.style),
    path("h5p/<str:token>/content/<path:path>", h5p_frame.own_file),
    path("h5p/<str:token>/libraries/<str:directory>/<path:path>", h5p_frame.library_file),
]
