"""Pictures, films, sound and files. What is seen or heard can always be read instead."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture, with words for people who cannot see it.")
        template = "content/blocks/picture.html"
        preview_template = "content/previews/picture.html"


class TranscriptBlock(blocks.StructBlock):
    """What a film and a sound recording have in common."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("File"))
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=["bold", "italic"],
        help_text=_("Every word that is said, and what matters of what is seen or heard."),
    )


class VideoBlock(TranscriptBlock):
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A .vtt file, if you have one.")
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _(
            "A short film. People can read the transcript instead, so it is never needed."
        )
        template = "content/blocks/video.html"
        preview_template = "content/previews/recording.html"


class AudioBlock(TranscriptBlock):
    class Meta:
        icon = "media"
        label = _("Sound")
        description = _("Something to listen to, with its transcript.")
        template = "content/blocks/audio.html"
        preview_template = "content/previews/recording.html"


class DownloadBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("File"))
    about = blocks.CharBlock(label=_("What it is for"), required=False, max_length=200)

    class Meta:
        icon = "download"
        label = _("Download")
        description = _("A handout or a form to keep or print.")
        template = "content/blocks/download.html"
        preview_template = "content/previews/download.html"
