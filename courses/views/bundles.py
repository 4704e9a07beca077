"""Taking a course out of the CMS as one zip, and bringing one in."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.permissions import policy_registry

from content.models import CourseDocument, Picture
from content.views.h5p_screens import may_add
from content.yaml_text import NotReadable
from courses import bundle
from courses.actions.languages import give_places, is_source
from courses.bundle_words import whats_in_it, whats_left_out
from courses.forms.bundles import BringInForm, BundleForm
from courses.models import CatalogPage, CoursePage

WAITING = "bundle_waiting"  # in the session: the name of the file that was sent
FOLDER = "imports"
WAITS_AT_MOST = timedelta(days=1)


@require_GET
def export_course(request, pk):
    """Say what goes out, and offer it."""
    course = _editable(request, pk)
    context = {
        "course": course,
        "header_title": _("Export this course"),
        "breadcrumbs_items": _way_to(course, _("Export this course")),
        "back": reverse("wagtailadmin_pages:edit", args=[pk]),
    }
    return TemplateResponse(request, "courses/cms/export_course.html", context)


@require_GET
def exported_course(request, pk):
    """The course as one zip; with `?drafts`, also what is not published yet."""
    course = _editable(request, pk)
    file = bundle.write(course, drafts="drafts" in request.GET)
    return FileResponse(
        file, as_attachment=True, filename=f"{course.slug}.zip", content_type="application/zip"
    )


@require_http_methods(["GET", "POST"])
def import_course(request):
    """Take a zip, and look at what is in it before anything is made of it."""
    _front_page(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BundleForm(*sent)
    if form.is_valid():
        try:
            found = bundle.read(bundle.Zipped(form.cleaned_data["file"]))
            _check_activities(request, found)
        except NotReadable as why:
            form.add_error("file", str(why))
        else:
            _forget(request)
            name = f"{FOLDER}/{uuid.uuid4()}.zip"
            request.session[WAITING] = _storage().save(name, form.cleaned_data["file"])
            return redirect("look_at_course")
    context = {
        "form": form,
        "header_title": _("Import a course"),
        "breadcrumbs_items": _way_to(None, _("Import a course")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "courses/cms/import_course.html", context, status=status)


@require_http_methods(["GET", "POST"])
def look_at_course(request):
    """Say what would come, then bring it in."""
    front = _front_page(request)
    name = request.session.get(WAITING, "")
    if not name or not _storage().exists(name):
        messages.warning(request, _("Choose the file once more, please."))
        return redirect("import_course")
    form = BringInForm(request.POST or None, initial={"how": "drafts"})
    with _storage().open(name) as file:
        found = bundle.read(bundle.Zipped(file))  # it was read before, so it can be now
        if request.method == "POST" and form.is_valid():
            return _bring_in(request, front, found, form.cleaned_data["how"] == "published")
        context = {
            "form": form,
            "bundle": found,
            "whats_in_it": whats_in_it(found),
            "whats_left_out": whats_left_out(found),
            "is_here": bundle.is_here(found),
            "may_publish": front.permissions_for_user(request.user).can_publish_subpage(),
            "header_title": _("Import a course"),
            "breadcrumbs_items": _way_to(None, _("Import a course")),
        }
        return TemplateResponse(request, "courses/cms/look_at_course.html", context).render()


@require_POST
def leave_course(request):
    """“Not now”: what was sent is thrown away."""
    _front_page(request)
    _forget(request)
    return redirect("wagtailadmin_home")


def _bring_in(request, front, found, publish):
    if publish and not front.permissions_for_user(request.user).can_publish_subpage():
        raise PermissionDenied
    try:
        _check_activities(request, found)
        course = bundle.make(found, parent=front, publish=publish, by=request.user)
    except ValidationError as why:
        messages.warning(request, " ".join(why.messages))
        return redirect("look_at_course")
    except NotReadable as why:
        messages.warning(request, str(why))
        return redirect("look_at_course")
    give_places(course)
    _forget(request)
    messages.success(request, _("“%s” is here. Look through it.") % course.title)
    return redirect("wagtailadmin_pages:edit", course.pk)


def _check_activities(request, found):
    """Raise NotReadable when somebody brings activities who may not: they hold script."""
    if found.activities and not may_add(request.user):
        raise NotReadable(
            _(
                "There are activities made with H5P in it. Ask somebody who may upload such "
                "activities to bring this course in."
            )
        )


def _editable(request, pk):
    course = get_object_or_404(CoursePage, pk=pk)
    if not is_source(course):
        raise Http404  # its translations belong to it
    if not course.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return course


def _front_page(request):
    """Return the front page, if this person may add courses, pictures and documents there."""
    front = CatalogPage.objects.first()  # those in other languages follow it
    if front is None:
        raise Http404
    may_bring_files = all(
        policy_registry.get_by_type(model).user_has_permission(request.user, "add")
        for model in (Picture, CourseDocument)
    )
    if not may_bring_files or not front.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    return front


def _storage():
    return storages["private"]


def _forget(request):
    """Throw away what this person sent, and what others sent and never came back to."""
    storage, name = _storage(), request.session.pop(WAITING, None)
    if name:
        storage.delete(name)
    if storage.exists(FOLDER):
        for left in storage.listdir(FOLDER)[1]:
            path = f"{FOLDER}/{left}"
            if storage.get_modified_time(path) < timezone.now() - WAITS_AT_MOST:
                storage.delete(path)


def _way_to(course, here):
    way = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if course:
        there = reverse("wagtailadmin_pages:edit", args=[course.pk])
        way.append({"url": there, "label": course.get_admin_display_title()})
    return [*way, {"url": "", "label": here}]
