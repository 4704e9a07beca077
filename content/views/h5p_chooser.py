"""Choosing an activity for a lesson, as one chooses a picture. A new one can be uploaded there."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as generic
from wagtail.admin.viewsets.chooser import ChooserViewSet

from content.actions import h5p
from content.forms.h5p import UploadForm
from content.models import H5PPackage


class SearchForm(BaseFilterForm):
    q = forms.CharField(label=_("Find an activity by its title or type"), required=False)

    def filter(self, objects):
        self.search_query = self.cleaned_data["q"].strip()
        self.is_searching = bool(self.search_query)
        return objects.named(self.search_query) if self.is_searching else objects


class _Listing:
    """What the list shows of each activity."""

    filter_form_class = SearchForm
    results_template_name = "content/h5p/to_choose.html"

    def get_object_list(self):
        return H5PPackage.objects.with_type()

    @property
    def columns(self):
        return [*super().columns, Column("type_title", label=_("Type"))]


class _Uploading:
    """Its fields have names of their own: the page below the window has a title, too."""

    def get_creation_form_kwargs(self):
        return super().get_creation_form_kwargs() | {"prefix": "activity"}


class ChooseView(_Uploading, _Listing, generic.ChooseView):
    pass


class ChooseResultsView(_Listing, generic.ChooseResultsView):
    pass


class UploadView(_Uploading, generic.CreateView):
    """Take a file, and choose what came of it. A file with types only is nothing to choose."""

    def post(self, request):
        self.form = self.get_creation_form()
        how = {"by": request.user, "at": timezone.now()}
        if self.form.is_valid() and self.form.keep(h5p.add_package, **how):
            if self.form.version is not None:
                return self.get_chosen_response(self.form.version.package)
            self.form.add_error("file", self.form.types_said())
        return self.get_reshow_creation_form_response()


class H5PChooser(ChooserViewSet):
    """The window in which an activity is chosen."""

    model = "content.H5PPackage"
    icon = "tasks"
    choose_one_text = _("Choose an activity")
    choose_another_text = _("Choose another activity")
    edit_item_text = _("Look at this activity")
    search_tab_label = _("What is here")
    creation_tab_label = _("Upload")
    create_action_label = _("Upload it")
    create_action_clicked_label = _("Uploading…")
    creation_form_class = UploadForm
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    create_view_class = UploadView


chooser = H5PChooser("h5p_chooser")
