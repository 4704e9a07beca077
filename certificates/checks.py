"""`manage.py check --deploy`: whether what we hand out can be signed here.

Every command asks the other checks, `tick` each minute among them. These two take their time, and
a site without badges should not hear of it each minute.
"""

from django.core.checks import Info, Warning, register

from certificates import signing
from certificates.badges import contexts, keys


@register(deploy=True)
def badges_can_be_signed(app_configs, **kwargs):
    """Without a key or its contexts a site has no badges, which is no fault."""
    try:
        known = keys.known()
    except keys.KeysUnreadable as fault:
        return [Warning(str(fault), id="certificates.W001")]
    if not known:
        return [
            Info(
                "There is no key to sign badges with, so certificates come without badges.",
                hint="Make one with `manage.py badge_key new`.",
                id="certificates.I001",
            )
        ]
    if not contexts.are_here():
        return [
            Info(
                "The Node parts are missing, so certificates come without badges.",
                hint="Run .ci/setup run.",
                id="certificates.I002",
            )
        ]
    return []


@register(deploy=True)
def pdfs_can_be_signed(app_configs, **kwargs):
    """Where a file to sign PDFs with is named, it can be opened."""
    try:
        signing.signer()
    except signing.CannotSign as fault:
        return [Warning(str(fault), id="certificates.W002")]
    return []
