"""Pages in another language."""

from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from courses.actions.languages import open_language, translate


def in_spanish(page, **said):
    """Translate a page: `said` maps the English words to the Spanish ones."""
    spanish = open_language("es")
    source, _made = TranslationSource.get_or_create_from_instance(page)
    draft = Translation.objects.create(source=source, target_locale=spanish)
    messages = draft.export_po()
    draft.delete()
    for message in messages:
        message.msgstr = said.get(message.msgid, f"[{message.msgid}]")
    return translate(page, locale=spanish, messages=messages)


def in_spanish_by_hand(page, change):
    """Translate a page, then change it as a page of its own, apart from its source."""
    translated = in_spanish(page)
    Translation.objects.update(enabled=False)
    change(translated)
    translated.save_revision().publish()
    return translated


def in_other_words(block, data):
    """Return a stream as a translator gives it back who changes every word they are given."""
    found = StreamFieldSegmentExtractor(None).handle_stream_block(block.to_python(data))
    segments = []
    for order, segment in enumerate(found):
        if isinstance(segment, StringSegmentValue):
            if segment.is_empty():
                continue
            said = f"En otras palabras: {segment.string.data}"
            segment = StringSegmentValue(segment.path, said, attrs=segment.attrs)
        segments.append(segment.with_order(order))
    writer = StreamFieldSegmentsWriter(None, None, None)
    return writer.handle_stream_block(block.to_python(data), segments)
