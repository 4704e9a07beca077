"""Images, and plain pages of information."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField


class Picture(AbstractImage):
    """A picture in the library. What it shows is described where it is used."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):
    """A picture at one size, made when first asked for."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_for_each_size",
            )
        ]


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
