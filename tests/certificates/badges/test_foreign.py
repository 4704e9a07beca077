"""Three verifiers by other people judge our badges, with the network stubbed."""

import copy
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates import badges, status_bits
from certificates.badges import credentials, keys
from courses.models import Milestone, MilestoneKind
from tests.certificates.badges import foreign
from tests.certificates.badges.make import SITE, make_badged, make_badged_ready, withdraw
from tests.certificates.make import a_letter

STATUS = f"{SITE}/status/0.json"
EMPTY = {
    "credentialSubject": {"statusPurpose": "revocation", "encodedList": status_bits.packed([])}
}


@pytest.fixture
def site(settings, tmp_path):
    """A site of its own, with an address that can be had by https, and a key."""
    settings.SITE_ADDRESS = SITE
    settings.BADGE_KEYS_FILE = tmp_path / "badge_keys"
    return settings


def known():
    """What strangers can fetch of the site, but for its lists."""
    return {f"{SITE}/.well-known/did.json": badges.did_document()}


def web():
    """All that strangers can fetch of the site."""
    return known() | {STATUS: badges.status_list(0)}


def case(badge, **documents):
    return {"badge": badge, "documents": documents}


def changed(badge, **members):
    """The badge with other words in it, and the signature it had."""
    return copy.deepcopy(badge) | members


def renamed(badge):
    other = copy.deepcopy(badge)
    other["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"
    return other


def without(badge, member):
    return {name: value for name, value in badge.items() if name != member}


def cleared(status_list):
    """The list with nobody in it, under a signature that was made over something else."""
    other = copy.deepcopy(status_list)
    other["proof"][0]["created"] = "2020-01-01T00:00:00Z"
    return other


def signed_by_a_stranger(certificate, settings, tmp_path):
    ours, settings.BADGE_KEYS_FILE = settings.BADGE_KEYS_FILE, tmp_path / "a_strangers"
    badge = badges.credential(certificate)
    settings.BADGE_KEYS_FILE = ours
    return badge


@pytest.mark.django_db
def test_three_verifiers_take_ours_refuse_changed_ones_and_tell_withdrawn_and_expired(
    site, tmp_path
):
    completed = make_badged(name="Łukasz Ŵyn 山田", done=["listened “well” & kindly", "<planned>"])
    badge = badges.credential(completed)
    keys.add(keys.new(at=now() + timedelta(seconds=1)))
    expired = badges.credential(make_badged_ready(training_day=date(2020, 1, 31)))
    other = make_badged()
    clean_list = badges.status_list(0)
    withdrawn = badges.credential(withdraw(other))
    cases = {
        "signed by the key before the newest": case(badge),
        "signed by the newest key": case(badges.credential(completed)),
        "ready": case(badges.credential(make_badged_ready(competencies=["listens", "waits"]))),
        "without the name": case(badges.credential(completed, with_name=False)),
        "another name": case(renamed(badge)),
        "another title": case(changed(badge, name="Brain surgery")),
        "no end": case(without(expired, "validUntil")),
        "a later end": case(changed(expired, validUntil="2099-01-01T00:00:00Z")),
        "no list to look in": case(without(badge, "credentialStatus")),
        "signed by a stranger": case(signed_by_a_stranger(completed, site, tmp_path)),
        "withdrawn": case(withdrawn),
        "withdrawn, and the list changed": case(withdrawn, **{STATUS: cleared(clean_list)}),
        "expired": case(expired),
    }

    said = foreign.asked(cases, web())

    assert said == {
        "signed by the key before the newest": ["fine", "fine", "fine"],
        "signed by the newest key": ["fine", "fine", "fine"],
        "ready": ["fine", "fine", "fine"],
        "without the name": ["fine", "fine", "fine"],
        "another name": ["refused", "refused", "refused"],
        "another title": ["refused", "refused", "refused"],
        "no end": ["refused", "refused", "refused"],
        "a later end": ["refused", "refused", "refused"],
        "no list to look in": ["refused", "refused", "refused"],
        "signed by a stranger": ["refused", "refused", "refused"],
        "withdrawn": ["withdrawn", "withdrawn", "withdrawn"],
        "withdrawn, and the list changed": ["list refused", "list refused", "fine"],
        "expired": ["expired", "expired", "expired"],
    }


@pytest.mark.django_db
def test_badges_of_every_kind_follow_the_schema_and_another_does_not(site):
    completed = make_badged(language="es")
    otherwise = without(badges.credential(completed), "proof")
    otherwise["credentialSubject"]["achievement"]["inLanguage"] = "es-es"
    cases = {
        "completed": case(badges.credential(completed)),
        "ready": case(badges.credential(make_badged_ready(competencies=["listens"]))),
        "without the name": case(badges.credential(make_badged(done=[]), with_name=False)),
        "lapsed": case(badges.credential(make_badged_ready(training_day=date(2020, 1, 31)))),
        "a language otherwise": case(credentials.signed(otherwise, at=now())),
    }

    found = foreign.against_the_schema(cases, web())

    amiss = found.pop("a language otherwise")
    assert found == {"completed": [], "ready": [], "without the name": [], "lapsed": []}
    assert {each.split()[0] for each in amiss} == {"/credentialSubject/achievement/inLanguage"}


lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=lines, course_title=lines, organisation_name=lines, done=st.lists(lines, max_size=3))
def test_whatever_is_printed_the_badge_of_it_is_taken(site, **printed):
    certificate = a_letter(
        pk=7,
        organisation_id=1,
        milestone=Milestone(pk=1, edition_id=1, kind=MilestoneKind.COMPLETION),
        **printed | {"hours": Decimal("21.5")},
    )

    badge = badges.credential(certificate)

    assert foreign.asked_of_python(badge, known() | {STATUS: EMPTY}) == "fine"
