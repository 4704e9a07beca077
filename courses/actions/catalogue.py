"""Setting up the front page, and letting peer educators write below it, two for each text."""

from tempfile import TemporaryFile

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from content.actions import h5p
from content.h5p.writing import write_talk_type
from courses.actions.people import PEER_EDUCATORS
from courses.models import CatalogPage, SecondReading

SECOND_READING = "Second reading"
# Publishing is not among them: a second reader does that, by saying that it is good.
ON_PAGES = ("add_page", "change_page", "lock_page", "unlock_page")
ON_MEDIA = (
    ("wagtailimages", "add_image"),  # Wagtail asks this of every picture, whatever its model
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
)


@transaction.atomic
def set_up(*, title, lead, body):
    """Make the front page the site's root, once, and return it."""
    catalogue = CatalogPage.objects.first()
    if catalogue is None:
        root = Page.get_first_root_node()
        catalogue = CatalogPage(title=title, slug="alongside", lead=lead, body=body)
        root.add_child(instance=catalogue)
        catalogue.save_revision(log_action=False).publish(log_action=False)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": catalogue, "site_name": "Alongside"},
        )
        Page.objects.filter(depth=2, slug="home").exclude(pk=catalogue.pk).delete()
    for front in CatalogPage.objects.all():  # one for each language
        open_to_writers(front)
    return catalogue


def bring_our_activities(*, at):
    """Install our own type of activity, so that H5P works before anybody brought a package."""
    with TemporaryFile() as file:
        write_talk_type(file)
        file.seek(0)
        h5p.add_package(file=file, by=None, at=at)


def open_to_writers(catalogue):
    """Let peer educators write below this front page, and a second one of them publish it."""
    _let_peer_educators_write(catalogue)
    _have_two_people_read(catalogue)


def _have_two_people_read(catalogue):
    """Ship the second reading as the way to publish. A site that chose another keeps its own."""
    task = SecondReading.objects.first()
    if task is None:
        task = SecondReading.objects.create(name=SECOND_READING)
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=SECOND_READING)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=catalogue.page_ptr, defaults={"workflow": workflow})


def _let_peer_educators_write(catalogue):
    group, _made = Group.objects.get_or_create(name=PEER_EDUCATORS)
    group.permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    GroupPagePermission.objects.filter(
        group=group, page=catalogue.page_ptr, permission__codename="publish_page"
    ).delete()  # an earlier version gave it
    for codename in ON_PAGES:
        GroupPagePermission.objects.get_or_create(
            group=group,
            page=catalogue.page_ptr,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore",
                content_type__model="page",
                codename=codename,
            ),
        )
    for app_label, codename in ON_MEDIA:
        GroupCollectionPermission.objects.get_or_create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(
                content_type__app_label=app_label, codename=codename
            ),
        )
