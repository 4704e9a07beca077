"""The front door, and Wagtail's people screens fitted to our User."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LmsConfig(AppConfig):
    name = "lms"
    default = True  # of the two in this module
    verbose_name = "Alongside"

    def ready(self):
        from lms import receivers

        receivers.connect()


class CMSUsersConfig(WagtailUsersAppConfig):
    user_viewset = "lms.cms_users.UserViewSet"
