"""What makes a PDF one for everybody and for the archive at once: PDF/UA-1 and PDF/A-3a.

The PDF library writes either. It is asked for the second, and here the first is said as well. It
also tells of each shape which letter it stands for; where letters share shapes or change places,
as in Arabic and Hindi, that is not what was written. So such words are kept beside their shapes.
"""

from contextlib import contextmanager
from functools import wraps
from unicodedata import bidirectional

UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
RDF_BEGINS = b"<rdf:RDF"

# An archive knows only the properties it was told of, so this one comes with its description.
SAID_AS_WELL = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{UA_NAMESPACE}" pdfuaid:part="1" />
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{UA_NAMESPACE}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Which part of ISO 14289 it keeps to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".encode()


# Hebrew to the scripts of South and East Asia that are joined, stacked or turned round.
SHAPED = range(0x0590, 0x1E00)
RIGHT_TO_LEFT = {"R", "AL"}


class NotAsExpected(Exception):
    """The PDF library writes its description in another way than it did."""


def finish(_document, pdf):
    """Complete a PDF/A-3a just before its last lines are written."""
    _say_it_is_for_everybody(pdf)
    _give_words_to_the_reading_order(pdf)
    _name_each_file_once(pdf)
    _leave_pictures_as_they_are(pdf)


def _say_it_is_for_everybody(pdf):
    metadata = _object(pdf, pdf.catalog["Metadata"])
    before, begins, after = b"".join(metadata.stream).partition(RDF_BEGINS)
    opening, closes, rest = after.partition(b">")
    if not begins or not closes:
        raise NotAsExpected
    metadata.stream = [before, begins, opening, closes, SAID_AS_WELL, rest]


def _name_each_file_once(pdf):
    """The library lists each file by its name, and once more by itself."""
    if "AF" in pdf.catalog:
        files = dict.fromkeys(pdf.catalog["AF"])
        pdf.catalog["AF"][:] = files


def _leave_pictures_as_they_are(pdf):
    """An archive lets no reader smooth a picture as it sees fit."""
    for each in pdf.objects:
        if getattr(each, "extra", {}).get("Interpolate"):
            each.extra["Interpolate"] = "false"


def keeping_words(marked):
    """Wrap what the library marks a run of text with, so that it says what was written there.

    The library has no place to ask for that.
    """

    @wraps(marked)
    @contextmanager
    def marked_with_words(stream, box, tag):
        with marked(stream, box, tag):
            words = getattr(box, "text", "")
            if any(ord(character) in SHAPED for character in words):
                properties = stream.stream[-2]  # before the operator that it belongs to
                properties.words = words
                # Programs that copy text turn what goes from right to left round once more.
                if not any(bidirectional(character) in RIGHT_TO_LEFT for character in words):
                    properties["ActualText"] = _string(words)
            yield

    return marked_with_words


def _give_words_to_the_reading_order(pdf):
    """Say the words once more where screen readers look first: in the tree of the page's parts."""
    words = dict(_words_by_mark(pdf))
    for each in pdf.objects if words else ():
        if isinstance(each, dict) and each.get("S") == "/Span":
            for mark in each["K"]:
                if said := words.get((each["Pg"], mark)):
                    each["ActualText"] = _string(said)


def _words_by_mark(pdf):
    for page in pdf.page_references:
        content = _object(pdf, _object(pdf, page)["Contents"])
        for part in content.stream:
            if hasattr(part, "words"):
                yield (page, part["MCID"]), part.words


def _object(pdf, reference):
    return pdf.objects[int(reference.split()[0])]


def _string(words):
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"
