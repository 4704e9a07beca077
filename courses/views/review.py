"""Before a page is published: what there is to mend, who reads it second, and what comes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Page

from courses.actions import review
from courses.affected import course_of, part_way
from courses.finding_words import told
from courses.findings import findings_of, signed_off
from courses.forms.review import AloneForm, SendBackForm, SignOffForm
from courses.models.review import WrittenByTwo, may_read_second
from courses.views.editions import tell_what_the_bank_lacks


def own_page(request, pk):
    """Return the page with this id, if this person may write on it."""
    page = get_object_or_404(Page, pk=pk).specific
    if page.is_root() or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def screen(request, page, template, title, status=200, **context):
    """Draw one of our screens about a page, with the way back to it."""
    there = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context |= {
        "page": page,
        "back": there,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": there, "label": page.get_admin_display_title()},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, f"courses/cms/{template}.html", context, status=status)


def _draft(page):
    return page.get_latest_revision_as_object()


def _shown(page):
    """What every screen of ours says about a draft: what is found, and who it would reach."""
    draft = _draft(page)
    found = [told(each) for each in findings_of(draft, timezone.localdate())]
    course = course_of(page)
    return {
        "draft": draft,
        "stops": [each for each in found if each.stops],
        "hints": [each for each in found if not each.stops],
        "course": course,
        "part_way": part_way(course) if course else [],
    }


# --- The writer --------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def before_publishing(request, pk, form=None, status=200):
    """Show what there is to mend, and ask a second reader."""
    page = own_page(request, pk)
    if request.method == "POST" and form is None:
        try:
            review.ask(page=page, by=request.user, at=timezone.now())
        except review.NotYet as why:
            messages.warning(request, str(why))
        else:
            messages.success(
                request, _("A second reader is asked. You get an e-mail when they have read it.")
            )
            return redirect("wagtailadmin_home")
        page = own_page(request, pk)
    shown = _shown(page)
    draft = shown["draft"]
    needed = getattr(draft, "sign_off_needed", "")
    return screen(
        request,
        page,
        "before_publishing",
        _("Before it is published"),
        status,
        **shown,
        waiting=review.waiting(page),
        sent_back=review.sent_back(page),
        nothing_new=page.live and not page.has_unpublished_changes,
        readers=review.second_readers(page).count(),
        may_read=may_read_second(page, request.user),
        alone=review.may_publish_alone(draft, request.user),
        sign_off_needed=needed,
        signed_off=signed_off(draft) if needed else None,
        sign_off_form=form or SignOffForm(),
    )


@require_POST
def sign_off(request, pk):
    """Record that somebody agreed to the draft's words."""
    page = own_page(request, pk)
    if not getattr(_draft(page), "sign_off_needed", ""):
        raise Http404
    form = SignOffForm(request.POST)
    if not form.is_valid():
        return before_publishing(request, pk, form=form, status=422)
    review.sign_off(page=page, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("It is recorded. It holds for these words, until they change."))
    return redirect("before_publishing", pk)


@require_http_methods(["GET", "POST"])
def publish_alone(request, pk):
    """Publish without a second reader, giving a reason that is kept."""
    page = own_page(request, pk)
    if not review.may_publish_alone(_draft(page), request.user):
        raise PermissionDenied
    form = AloneForm(request.POST or None)
    if form.is_valid():
        try:
            review.publish_alone(
                page=page, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return redirect("published", pk)
        except review.NotYet as why:
            messages.warning(request, str(why))
    title = _("Publish without a second reader")
    status = 422 if form.errors else 200
    return screen(request, page, "publish_alone", title, status, **_shown(page), form=form)


# --- The second reader -------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def second_reading(request, pk):
    """Read what somebody else wrote, then publish it or send it back with a reason."""
    page = own_page(request, pk)
    form = SendBackForm(request.POST if "send-back" in request.POST else None)
    if request.method == "POST":
        try:
            if "good" in request.POST:
                review.publish(page=page, by=request.user, at=timezone.now())
                tell_what_the_bank_lacks(request, page)
                return redirect("published", pk)
            if form.is_valid():
                review.send_back(page=page, by=request.user, why=form.cleaned_data["comment"])
                messages.success(request, _("It is sent back, and the writer knows why."))
                return redirect("wagtailadmin_home")
        except review.NotYet as why:
            messages.warning(request, str(why))
        page = own_page(request, pk)
    return screen(
        request,
        page,
        "second_reading",
        _("Second reading"),
        422 if form.errors else 200,
        **_shown(page),
        waiting=review.waiting(page),
        may_read=may_read_second(page, request.user),
        form=form,
    )


@require_GET
def published(request, pk):
    """Say what publishing this page has done, and what it leaves as it is."""
    page = own_page(request, pk)
    if not (page.live and isinstance(page, WrittenByTwo)):
        return redirect("wagtailadmin_pages:edit", pk)
    return screen(request, page, "published", _("Published"), **_shown(page))
