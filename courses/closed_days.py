"""On which days an organisation holds no sessions: public holidays, and days of its own."""

from datetime import date, timedelta

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import dates

# Whose public holidays an organisation may keep. The library knows many more places.
HOLIDAYS_OF = {
    "GB-ENG": gettext_lazy("England"),
    "GB-SCT": gettext_lazy("Scotland"),
    "GB-WLS": gettext_lazy("Wales"),
    "GB-NIR": gettext_lazy("Northern Ireland"),
    "IE": gettext_lazy("Ireland"),
    "ES": gettext_lazy("Spain"),
}
# A course is planned over a year at most; nobody is closed for longer than that at once.
AHEAD = timedelta(days=800)


def public_holidays(place: str, years) -> dict[date, str]:
    """Return the public holidays of a place in these years; none for a place we do not offer."""
    if place not in HOLIDAYS_OF:
        return {}
    country, _dash, part = place.partition("-")
    return dict(holidays.country_holidays(country, subdiv=part or None, years=years))


def closed_days(organisation, first: date, last: date) -> dict[date, str]:
    """Return the days between two on which nothing is held, each with what it is."""
    closed = {
        day: name
        for day, name in public_holidays(
            organisation.holidays_of, range(first.year, last.year + 1)
        ).items()
        if first <= day <= last
    }
    own = organisation.closed_days.filter(first_day__lte=last, last_day__gte=first)
    for each in own:
        from_day, to_day = max(each.first_day, first), min(each.last_day, last)
        for n in range((to_day - from_day).days + 1):
            closed[from_day + timedelta(days=n)] = each.name or _("closed")
    return closed


def planned(organisation, outline, first: date) -> tuple[dict[int, date], list[dates.Skipped]]:
    """Plan a course week by week: {number of the session: its day}, and the days left out.

    Session Zero, if the course has one, comes before the first.
    """
    closed = closed_days(organisation, first - AHEAD, first + AHEAD)
    numbers = sorted(session.number for session in outline.sessions)
    counted = [number for number in numbers if number > 0]
    # A session that is missing from the course leaves its week free, as its number says.
    after = dates.weekly(first, max(counted, default=0), closed)
    days = {number: after.days[number - 1] for number in counted}
    skipped = [each for each in after.skipped if not days or each.day <= max(days.values())]
    if 0 in numbers:
        before = dates.week_before(after.days[0] if after.days else first, closed)
        # The week before the first session may be one that was left out on the way there.
        days[0] = before.days[0]
        skipped = [*reversed(before.skipped), *skipped]
    return days, list(dict.fromkeys(skipped))
