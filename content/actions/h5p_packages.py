"""What an activity is called, and taking it away. Its versions are made in `h5p.py`."""

from functools import partial

from django.db import transaction

from content.actions import h5p_folders as folders


def rename(*, package, title):
    """Call an activity something else. That is no new version of it."""
    package.title = title
    package.save(update_fields=["title"])


@transaction.atomic
def delete(*, package):
    """Delete an activity with all its versions; their own files go when that is certain.

    Raises ProtectedError when an edition holds one of them. Libraries stay, to make others with.
    """
    its_folders = list(package.versions.values_list("folder", flat=True))
    package.delete()
    for folder in its_folders:
        transaction.on_commit(partial(folders.take_away, folder, lambda when: True))
