"""Wagtail's people screens, for people who have one name and no password."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

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


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
