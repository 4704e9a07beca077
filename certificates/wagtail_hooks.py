"""What the certificates app adds to the CMS: how an organisation's certificates look."""

from django import forms
from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from certificates.models import CertificateStyle


class CertificateStyles(SnippetViewSet):
    """For administrators, and for groups that they let. Peer educators may look."""

    model = CertificateStyle
    icon = "doc-full"
    menu_label = _("Certificates")
    menu_order = 460
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_display = ["organisation", "language", "layout", "paper"]
    panels = [
        MultiFieldPanel(
            [FieldRowPanel(["organisation", "language"])],
            heading=_("Whose certificates"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("layout", widget=forms.RadioSelect),
                FieldRowPanel(
                    [
                        FieldPanel("paper"),
                        FieldPanel("colour", widget=forms.TextInput(attrs={"type": "color"})),
                    ]
                ),
                "logo",
            ],
            heading=_("How they look"),
        ),
        MultiFieldPanel(["opening", "closing", "signatories"], heading=_("Your words")),
    ]


register_snippet(CertificateStyles)


@hooks.register("register_permissions")
def who_may_set_how_certificates_look():
    """In the CMS's groups, so that an administrator gives it and takes it away."""
    return Permission.objects.filter(
        content_type__app_label="certificates",
        codename__in=[f"{may}_certificatestyle" for may in ("add", "change", "delete", "view")],
    )
