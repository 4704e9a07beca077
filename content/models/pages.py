"""Plain pages of information."""

from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField


class InfoPage(Page):
    """A page of plain information: about us, privacy, how to get help."""

    body = RichTextField(
        _("text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]
    )

    content_panels = [*Page.content_panels, "body"]
    override_translatable_fields = [SynchronizedField("slug")]
    template = "content/info_page.html"
    parent_page_types = ["courses.CatalogPage", "content.InfoPage"]
    subpage_types = ["content.InfoPage"]
    page_description = _("Plain information, like “About us” or “Privacy”.")

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
