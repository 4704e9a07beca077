"""The front door, and Wagtail's people screens fitted to our User."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = "Alongside"


class CMSUsersConfig(WagtailUsersAppConfig):
    user_viewset = "lms.cms_users.UserViewSet"
