"""Wagtail's people screens, for people who have one name and no password."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from courses.actions import trail
from courses.models import Changed, Why
from lms.models import User


class PersonCreationForm(UserCreationForm):
    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=120)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = {"email", "name", "is_superuser", "groups"}


class PersonEditForm(UserEditForm):
    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=120)

    class Meta(UserEditForm.Meta):
        model = User
        fields = {"email", "name", "is_active", "is_superuser", "groups"}


# Of these the trail says what stood there: they are no words of anybody's.
FLAGS = {"is_active", "is_superuser"}


class PersonEditView(WagtailUserViewSet.edit_view_class):
    """Writes down which columns of whose account somebody changed."""

    def save_instance(self):
        person = super().save_instance()
        changed = {
            name: (self.form.initial.get(name), self.form.cleaned_data.get(name))
            if name in FLAGS
            else (None, None)
            for name in self.form.changed_data
        }
        if changed:
            trail.note(
                what=Changed.PERSON,
                by=self.request.user,
                at=timezone.now(),
                person=person,
                columns=changed,
                why=Why.CMS,
            )
        return person


class UserViewSet(WagtailUserViewSet):
    edit_view_class = PersonEditView

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
