"""Activities that come as H5P files, at the author's desk: the list, and all about one."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail import hooks
from wagtail.admin.widgets import Button

from content.actions import h5p_packages
from content.forms.h5p import TitleForm
from content.h5p.notes import told
from content.h5p.writing import write
from content.models import H5PPackage
from content.views.h5p_player import player
from content.views.h5p_screens import may_add, only_who_may_add, screen
from courses.activities import following, lessons_with, listed, why_kept

ON_A_PAGE = 20


@require_GET
def activities(request):
    """All activities, or those with the words that are sought."""
    sought = request.GET.get("q", "").strip()
    page = Paginator(H5PPackage.objects.named(sought), ON_A_PAGE).get_page(request.GET.get("p"))
    return screen(
        request,
        "courses/cms/activities.html",
        activities=listed(page),
        page=page,
        sought=sought,
        here=request.path,
        buttons=_buttons(None, request.user),
    )


@require_http_methods(["GET", "POST"])
def activity(request, pk):
    """One activity: how it plays, where it is used, its versions. Its title can be changed."""
    package = get_object_or_404(H5PPackage.objects.with_type(), pk=pk)
    form = TitleForm(request.POST or None, instance=package)
    if request.method == "POST":
        only_who_may_add(request)
        if form.is_valid():
            h5p_packages.rename(package=package, title=form.cleaned_data["title"])
            messages.success(request, _("The title is changed."))
            return redirect("activity", pk)
        package.refresh_from_db(fields=["title"])
    versions = _versions(package)
    return screen(
        request,
        "courses/cms/activity.html",
        package=package,
        status=422 if form.errors else 200,
        form=form,
        type_title=package.type_title,
        lessons=lessons_with([package])[pk],
        following=following(package),
        kept_because=why_kept(package),
        notes=versions[0][1],
        versions=versions,
        buttons=_buttons(package, request.user),
    )


@require_GET
def play_activity(request, pk, number):
    """A version as a trainee meets it. Nothing of it is kept."""
    version = _version(pk, number)
    shown = player(title=version.package.title, version=version.pk, person=request.user.pk)
    return render(request, "courses/cms/play_activity.html", {"h5p": shown})


@require_GET
def export_activity(request, pk, number):
    """A version as an .h5p file again."""
    version = _version(pk, number)
    title = slugify(version.package.title) or "activity"
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it, and then it is gone
    write(version, file)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{title}-{number}.h5p",
        content_type="application/zip",
    )


@require_http_methods(["GET", "POST"])
def delete_activity(request, pk):
    """Delete an activity that nobody uses, once that was asked for twice."""
    only_who_may_add(request)
    package = get_object_or_404(H5PPackage, pk=pk)
    why = why_kept(package)
    if why:
        messages.warning(request, why)
        return redirect("activity", pk)
    if request.method == "POST":
        h5p_packages.delete(package=package)
        messages.success(request, _("“%s” is deleted.") % package.title)
        return redirect("activities")
    number = package.versions.count()
    template = "courses/cms/delete_activity.html"
    return screen(request, template, _("Delete it"), package, number=number)


def _version(pk, number):
    package = get_object_or_404(H5PPackage, pk=pk)
    return get_object_or_404(package.versions.select_related("package"), number=number)


def _versions(package):
    """Each version with its notes in words, newest first."""
    versions = package.versions.select_related("made_by").defer("content", "files")
    return [(version, told(version.notes)) for version in versions.order_by("-number")]


def _buttons(package, person):
    """What can be done with an activity, or (with None) beside the list of all of them.

    Other ways to make and change activities add theirs by the hook “activity_buttons”.
    """
    ours = []
    if may_add(person):
        label, there = (
            (_("Replace it with another file"), reverse("replace_activity", args=[package.pk]))
            if package
            else (_("Upload an activity"), reverse("upload_activity"))
        )
        ours.append(Button(label, url=there, icon_name="upload"))
    if package:
        there = reverse("export_activity", args=[package.pk, package.latest.number])
        ours.append(Button(_("Take it out as a file"), url=there, icon_name="download"))
    for hook in hooks.get_hooks("activity_buttons"):
        ours.extend(hook(package, person))
    return ours
