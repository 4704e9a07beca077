"""What migrations write into a new database, and a test that empties it takes away."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, Locale, Page

from courses.actions.people import PEER_EDUCATORS

GIVEN = ("add_h5ppackage", "view_certificatestyle")  # to peer educators


def put_back_what_migrations_made():
    """Put back Wagtail's root page, language and collection, and the peer educators' group."""
    group, _made = Group.objects.get_or_create(name=PEER_EDUCATORS)
    group.permissions.add(*Permission.objects.filter(codename__in=GIVEN))
    Locale.objects.get_or_create(language_code="en-gb")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
