"""What measures say, in words: a section for each scale, and never two scales in one."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from content import plots
from courses import measures
from courses.report_words import Section, number


def sections(found):
    """Return what a report says of measures; `found` is Measures, or None where none is shown."""
    said = [section for each in found.measured for section in _measured(each)]
    return [*said, _totals(found.totals)] if found.totals else said


def _measured(each):
    instrument = each.instrument
    if not each.parts:
        few = _("Fewer than %(small)s people have answered both times.")
        return [Section(_key(instrument), instrument.title, few % {"small": number(each.small)})]
    return [_part(each, part, place) for place, part in enumerate(each.parts)]


def _key(instrument, place=0):
    return f"measure-{instrument.pk}-{place}"


def _part(each, part, place):
    instrument = each.instrument
    said = [number_format(mean, 1, use_l10n=True) for mean in (part.before, part.after)]
    before, after = (
        _("before: %(number)s") % {"number": said[0]},
        _("after: %(number)s") % {"number": said[1]},
    )
    ends = (number(instrument.lowest), number(instrument.highest))
    least = _("%(small)s or more") % {"small": number(each.small)}
    people = least if part.people is None else number(part.people)
    return Section(
        key=_key(instrument, place),
        title=": ".join(filter(None, [instrument.title, part.question])),
        sentence=_sentence(instrument, part),
        head=(_("What"), _("Before"), _("After")),
        rows=(
            (_("Mean"), *said),
            (_("People"), people, people),
            *_bands(instrument, part),
        ),
        shift=plots.shift(
            part.before,
            part.after,
            instrument.highest,
            (before, after, *ends),
            lowest=instrument.lowest,
        ),
        described=_("%(before)s; %(after)s") % {"before": before, "after": after},
    )


def _sentence(instrument, part):
    scale = {"lowest": number(instrument.lowest), "highest": number(instrument.highest)}
    said = [
        _(
            "On a scale of its own, from %(lowest)s to %(highest)s: for those who answered both"
            " before the course and after it."
        )
        % scale
    ]
    if part.lower_is_better:
        said.append(_("Here a lower number is better."))
    if instrument.source:
        said.append(_("Source: %(source)s") % {"source": instrument.source})
    return " ".join(said)


def _bands(instrument, part):
    edges = [number(edge) for edge in measures.band_edges(instrument.scale)]
    names = [
        _("People under %(number)s") % {"number": edges[0]},
        _("People from %(number)s to under %(next)s") % {"number": edges[0], "next": edges[1]},
        _("People at %(number)s and over") % {"number": edges[1]},
    ]
    return [
        (name, number(before), number(after))
        for name, before, after in zip(names, part.before_bands, part.after_bands, strict=True)
    ]


def _totals(totals):
    return Section(
        key="measure-totals",
        title=_("Measured under our own licences"),
        sentence=_("Means that were worked out elsewhere and typed in. Each has its own scale."),
        head=(_("Measure and group"), _("Day"), _("People"), _("Before"), _("After")),
        rows=tuple(
            (
                f"{each.title}, {each.cohort.name if each.cohort else _('all groups')}",
                date_format(each.on, use_l10n=True),
                number(each.people),
                number_format(each.before, 2, use_l10n=True),
                number_format(each.after, 2, use_l10n=True),
            )
            for each in totals
        ),
    )
