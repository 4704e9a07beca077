"""Writing an activity at the author's desk: a form made from what its type asks for.

Every save is a new version. What was written is never lost: whatever is wrong, or whoever else
saved meanwhile, the page comes back with all of it.
"""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from content.actions.h5p import keep_version
from content.actions.h5p_folders import open_file
from content.actions.h5p_packages import rename
from content.actions.h5p_trials import try_out
from content.forms.h5p_content import ContentForm
from content.forms.h5p_making import AboutForm, TypeForm
from content.forms.h5p_world import Libraries, Media, world
from content.h5p.capability import frame_address
from content.h5p.form_beginnings import begin
from content.h5p.form_moves import moved
from content.h5p.making import about_new, files_kept, with_needs
from content.h5p.package import NotAPackage
from content.models import H5PLibrary, H5PPackage
from content.views.h5p_player import player
from content.views.h5p_screens import only_who_may_add, screen


@require_GET
def make_activity(request):
    """What one can make: every type whose libraries are here."""
    only_who_may_add(request)
    types = H5PLibrary.objects.to_make()
    form = TypeForm(initial={"language": get_language()})
    template = "content/h5p/make.html"
    return screen(request, template, _("Make an activity"), types=types, form=form)


@require_http_methods(["GET", "POST"])
def begin_activity(request, pk):
    """A new activity of one type."""
    only_who_may_add(request)
    library = get_object_or_404(H5PLibrary, pk=pk)
    if not library.is_runnable or library.semantics is None:
        raise Http404
    asked = TypeForm(request.POST or request.GET)
    language = asked.cleaned_data["language"] if asked.is_valid() else get_language()
    return _answer(Writing(request, main=library, language=language))


@require_http_methods(["GET", "POST"])
def edit_activity(request, pk):
    """An activity that is here, from the version that its author began with."""
    only_who_may_add(request)
    package = get_object_or_404(H5PPackage, pk=pk)
    began = request.POST.get("began", "")
    versions = package.versions
    version = versions.filter(number=began).first() if began.isdecimal() else None
    version = version or package.latest
    if version is None:
        raise Http404
    main = version.main_library
    if main is None or main.semantics is None:
        messages.warning(
            request, _("This activity has no form. It can be replaced with another file.")
        )
        return redirect("activity", pk)
    return _answer(Writing(request, main=main, version=version))


class Writing:
    """An activity while it is written: what it began as, and what was posted."""

    def __init__(self, request, *, main, version=None, language=""):
        self.request, self.main, self.version = request, main, version
        self.person, self.now = request.user, timezone.now()
        self.package = version.package if version else None
        self.metadata = version.metadata if version else about_new(main.metadata, language)
        self.language = language or str(self.metadata.get("language") or "")
        given = [*version.libraries.all()] if version else [main]
        self.libraries = Libraries(given, labels=get_language() or "", texts=self.language)
        self.media = Media(self.person)
        posted = dict(request.POST.lists()) if request.method == "POST" else None
        self.move = moved(posted, request.POST["move"]) if "move" in request.POST else None
        self.about = AboutForm(
            request.POST or None,
            initial={"title": self.package.title if self.package else "", "language": language},
        )
        self.form = self._content_form(self.move.posted if self.move else posted)

    def _content_form(self, posted):
        fields = self.libraries.kind(str(self.main.name)).fields
        made_of = world(self.libraries, self.media)
        base = self.version.content if self.version else begin(fields, made_of)
        came = self.version is not None
        return ContentForm(fields=fields, base=base, world=made_of, posted=posted, came=came)

    @property
    def newer(self):
        """The version that somebody else saved meanwhile, unless this author was told of it."""
        latest = self.package.latest if self.package else None
        known = {str(self.version.number), self.request.POST.get("told", "")} if latest else set()
        return latest if latest and str(latest.number) not in known else None

    @property
    def files_at(self):
        """Where the pictures and sounds of the version it began from can be seen."""
        if self.version is None:
            return ""
        return f"{frame_address(self.version.pk, self.person.pk, self.now)}content/"

    def made(self):
        """Return what `keep_version` takes of what was written."""
        title = self.about.cleaned_data.get("title") or self.metadata.get("title")
        content = self.form.content
        metadata = {**self.metadata, "title": title or _("Without a title")}
        if self.package and title == self.package.title:
            metadata = self.metadata
        before = self.version.files if self.version else {}
        kept = files_kept(before, self.form.base, content)
        folder = self.version.folder if self.version else ""
        opened = {path: partial(open_file, f"{folder}/{path}") for path in kept}
        return {
            "metadata": with_needs(metadata, content, self.libraries.metadata),
            "content": content,
            "files": opened | self.media.opened,
            "libraries": self.libraries.used,
        }

    def keep(self):
        """Keep it as a new version. Return it, or None after saying beside the form why not."""
        try:
            version = keep_version(
                package=self.package, by=self.person, at=self.now, **self.made()
            )
        except NotAPackage as why:
            self.about.add_error(None, str(why))
            return None
        title = self.about.cleaned_data["title"]
        if version.package.title != title:
            rename(package=version.package, title=title)
        return version


def _answer(writing):
    request = writing.request
    if request.method == "GET" or writing.move:
        return _form(writing)
    is_whole = writing.about.is_valid()
    wanting = writing.form.judge() + len(writing.about.errors)
    if "look" in request.POST:
        return _look(writing, wanting)
    if not is_whole or wanting:
        return _form(writing, status=422, wanting=wanting)
    if writing.newer:
        return _form(writing, status=409, newer=writing.newer)
    version = writing.keep()
    if version is None:
        return _form(writing, status=422, wanting=1)
    messages.success(request, _("It is saved, as version %(n)s.") % {"n": version.number})
    return redirect("activity", version.package_id)


def _form(writing, *, status=200, wanting=0, newer=None):
    title = _("Edit this activity") if writing.package else _("Make an activity")
    context = {
        "about": writing.about,
        "form": writing.form,
        "fields": writing.form.drawn(writing.move),
        "main": writing.main,
        "version": writing.version,
        "language": writing.language,
        "told": newer.number if newer else writing.request.POST.get("told", ""),
        "newer": newer,
        "files_at": writing.files_at,
        "choosers": AdminImageChooser().media + AdminDocumentChooser().media,
        "wanting": wanting,
        "is_changed": writing.request.method == "POST",
    }
    template = "content/h5p/write.html"
    return screen(writing.request, template, title, writing.package, status, **context)


def _look(writing, wanting):
    """How it plays as it is written now, for the frame beside the form. Nothing is kept of it."""
    try:
        version = try_out(by=writing.person, at=writing.now, **writing.made())
    except NotAPackage as why:
        return TemplateResponse(writing.request, "content/h5p/look.html", {"why": str(why)})
    shown = player(title=version.package.title, version=version.pk, person=writing.person.pk)
    context = {"h5p": shown, "wanting": wanting}
    return TemplateResponse(writing.request, "content/h5p/look.html", context)
