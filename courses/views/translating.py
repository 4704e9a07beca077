"""Translating in the CMS, so that two people read a translation as well.

The screens are wagtail-localize's. Its own ways to publish are closed here, at the server.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import (
    UpdateTranslationsForm,
    UpdateTranslationsView,
)

from courses.actions import review, translating
from courses.findings import what_stops
from courses.views.review import own_page


@require_POST
def keep_translation(request, pk):
    """Keep what is translated so far as a draft, and go on to where a second reader is asked."""
    page = own_page(request, pk)
    translation = translating.translation_of(page)
    if translation is None:
        raise Http404
    if review.waiting(page):
        messages.warning(
            request, _("A second reader has it now. Take it back first, if you want to change it.")
        )
    else:
        translating.keep_draft(translation=translation, by=request.user)
    return redirect("before_publishing", pk)


def publish_what_is_sound(request, page):
    """Stop an administrator from publishing a translation in which something has to be mended.

    Returns None for everything else. Nobody but an administrator gets as far as publishing there.
    """
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = translating.translation_of(page)
    if translation is None:
        return None
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if what_stops(translating.so_far(translation), timezone.localdate()):
        translating.keep_draft(translation=translation, by=request.user)
        messages.warning(request, _("Your draft is saved. There is something to mend first."))
        return redirect("before_publishing", page.pk)
    return None


class BeginTranslation(SubmitPageTranslationView):
    """“Translate this page”: opens it to translators. What people read stays as it is."""

    def get_object(self):
        page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    @transaction.atomic
    def form_valid(self, form):
        pages = [self.object]
        if form.cleaned_data["include_subtree"]:
            pages += self.object.get_descendants().filter(alias_of=None).specific()
        locales = list(form.cleaned_data["locales"])
        there = [
            translating.begin(page=page, locale=locale, by=self.request.user)
            for page in pages
            for locale in locales
        ]
        messages.success(
            self.request,
            _(
                "You can translate it now. What people read stays as it is, until a second "
                "reader has read your translation and publishes it."
            ),
        )
        return redirect(
            self.get_success_url()
            or self.get_default_success_url(there[0] if len(locales) == 1 else None)
        )


class UnpublishedUpdate(UpdateTranslationsForm):
    """Brings a page's changes to its translators. It publishes nothing, whatever is sent."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        publish = self.fields["publish_translations"]
        publish.disabled, publish.initial = True, False
        publish.help_text = _("Each translation is published when a second reader has read it.")


class UpdateTranslations(UpdateTranslationsView):
    """“Sync translated pages”: what is new in a page comes to its translators."""

    def get_object(self):
        source = super().get_object()
        if not source.get_source_instance().permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return source

    def get_form(self):
        return UnpublishedUpdate(self.request.POST if self.request.method == "POST" else None)
