"""Uploading an activity, and another file for one that is here."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content.actions import h5p
from content.forms.h5p import FileForm, UploadForm, too_large
from content.h5p.package import LIMITS
from content.models import H5PPackage
from content.views.h5p_screens import only_who_may_add, screen
from courses.activities import following


@require_http_methods(["GET", "POST"])
def upload_activity(request):
    """Take the file of a new activity. One that only brings types is welcome, too."""
    only_who_may_add(request)
    form = _form(UploadForm, request)
    if form.is_valid() and form.keep(h5p.add_package, by=request.user, at=timezone.now()):
        if form.version is None:
            messages.success(request, form.types_said())
            return _go(request, reverse("activities"))
        messages.success(request, _("“%s” is here. Try it below.") % form.version.package.title)
        return _go(request, reverse("activity", args=[form.version.package_id]))
    return _shown(request, form, _("Upload an activity"))


@require_http_methods(["GET", "POST"])
def replace_activity(request, pk):
    """Take another file for an activity: it is a new version, and the others stay."""
    only_who_may_add(request)
    package = get_object_or_404(H5PPackage, pk=pk)
    form, how = _form(FileForm, request), {"by": request.user, "at": timezone.now()}
    if form.is_valid() and form.keep(h5p.add_version, package=package, **how):
        said = _("Version %(number)s is here. Try it below.") % {"number": form.version.number}
        messages.success(request, said)
        return _go(request, reverse("activity", args=[pk]))
    title = _("Replace it with another file")
    return _shown(request, form, title, package, following=following(package))


def _form(kind, request):
    return kind(request.POST, request.FILES) if request.method == "POST" else kind()


def _script_asks(request):
    """Whether upload.js sent this: it stays on its page when there is something to mend."""
    return request.headers.get("Accept") == "application/json"


def _go(request, there):
    return JsonResponse({"go": there}) if _script_asks(request) else redirect(there)


def _shown(request, form, title, package=None, **context):
    status = 422 if form.errors else 200
    if form.errors and _script_asks(request):
        problems = [each for them in form.errors.values() for each in them]
        return JsonResponse({"problem": " ".join(problems)}, status=status)
    context |= {"form": form, "most": LIMITS.whole, "too_large": too_large()}
    template = "courses/cms/upload_activity.html"
    return screen(request, template, title, package, status, **context)
