"""What the courses app adds to the CMS."""

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from content.models import CourseDocument, H5PPackage, Picture
from courses import cms_menu
from courses.actions.kits import renew_copies
from courses.actions.review import ALONE
from courses.cms_files import held_documents, held_pictures
from courses.cms_home import WAGTAILS, CourseTree, Waiting
from courses.findings import what_stops
from courses.models import LessonPage, SessionPage
from courses.panels import ASK
from courses.views import (
    bundles,
    guides,
    h5p_packages,
    h5p_uploads,
    kits,
    review,
    scenario_drafts,
    translating,
    trying,
)
from courses.views.editions import keep_held_pages, make_edition, tell_what_the_bank_lacks
from courses.views.session_plan import fill_plan, warn_about_minutes

# For exactly these: Wagtail registers a rule of its own for them, before or after.
register_permission_policy(CourseDocument, held_documents, exact_class=True)
register_permission_policy(Picture, held_pictures, exact_class=True)
register_admin_url_finder(H5PPackage, cms_menu.WhereActivitiesAre)

# --- Screens -----------------------------------------------------------------------------------


@hooks.register("register_admin_urls")
def desk_urls():
    return [
        path("courses/<int:pk>/make-edition/", make_edition, name="make_edition"),
        path("courses/<int:pk>/before/", review.before_publishing, name="before_publishing"),
        path("courses/<int:pk>/sign-off/", review.sign_off, name="sign_off"),
        path("courses/<int:pk>/alone/", review.publish_alone, name="publish_alone"),
        path("courses/<int:pk>/second-reading/", review.second_reading, name="second_reading"),
        path("courses/<int:pk>/published/", review.published, name="published"),
        path("courses/how-to-write/", kits.how_to_write, name="how_to_write"),
        path("courses/<int:pk>/begin-lesson/", kits.begin_lesson, name="begin_lesson"),
        path("courses/<int:pk>/try/", trying.try_lesson, name="try_lesson"),
        path("courses/<int:pk>/try/end/", trying.try_end, name="try_end"),
        path("courses/<int:pk>/try/<int:number>/", trying.try_step, name="try_step"),
        path(
            "courses/<int:pk>/scenarios/",
            scenario_drafts.lesson_scenarios,
            name="lesson_scenarios",
        ),
        path(
            "courses/<int:pk>/scenarios/<uuid:block>/",
            scenario_drafts.play_draft,
            name="play_draft",
        ),
        path(
            "courses/<int:pk>/scenarios/<uuid:block>/h5p/",
            scenario_drafts.scenario_h5p,
            name="scenario_h5p",
        ),
        path("sessions/<int:pk>/usual-plan/", fill_plan, name="fill_plan"),
        path("sessions/<int:pk>/guide/", guides.draft_guide, name="draft_guide"),
        path("sessions/<int:pk>/guide/pdf/", guides.draft_guide_pdf, name="draft_guide_pdf"),
    ]


@hooks.register("register_admin_urls")
def bundle_urls():
    return [
        path("courses/<int:pk>/export/", bundles.export_course, name="export_course"),
        path("courses/<int:pk>/export/zip/", bundles.exported_course, name="exported_course"),
        path("courses/import/", bundles.import_course, name="import_course"),
        path("courses/import/look/", bundles.look_at_course, name="look_at_course"),
        path("courses/import/leave/", bundles.leave_course, name="leave_course"),
    ]


@hooks.register("register_admin_urls")
def activity_urls():
    return [
        path("activities/", h5p_packages.activities, name="activities"),
        path("activities/upload/", h5p_uploads.upload_activity, name="upload_activity"),
        path("activities/<int:pk>/", h5p_packages.activity, name="activity"),
        path(
            "activities/<int:pk>/replace/", h5p_uploads.replace_activity, name="replace_activity"
        ),
        path("activities/<int:pk>/delete/", h5p_packages.delete_activity, name="delete_activity"),
        path(
            "activities/<int:pk>/<int:number>/play/",
            h5p_packages.play_activity,
            name="play_activity",
        ),
        path(
            "activities/<int:pk>/<int:number>/file/",
            h5p_packages.export_activity,
            name="export_activity",
        ),
    ]


@hooks.register("register_admin_menu_item")
def activities_in_the_menu():
    return cms_menu.activities()


@hooks.register("register_permissions")
def who_may_add_activities():
    """In the CMS's groups, so that an administrator gives it and takes it away."""
    return Permission.objects.filter(content_type__app_label="content", codename="add_h5ppackage")


@hooks.register("register_admin_urls", order=-1)
def translating_urls():
    """Ours come before wagtail-localize's own at the same addresses, which would publish."""
    return [
        path(
            "courses/<int:pk>/translation/", translating.keep_translation, name="keep_translation"
        ),
        path("localize/submit/page/<int:page_id>/", translating.BeginTranslation.as_view()),
        path(
            "localize/update/<int:translation_source_id>/",
            translating.UpdateTranslations.as_view(),
        ),
    ]


@hooks.register("register_page_header_buttons")
def our_buttons(page, user, view_name, next_url=None):
    yield from cms_menu.header_buttons(page, user)
    yield from cms_menu.bundle_buttons(page, user)


@hooks.register("construct_page_action_menu")
def our_action_menu(menu_items, request, context):
    cms_menu.our_items(menu_items, request, context)


@hooks.register("construct_main_menu")
def only_pages_and_media(request, menu_items):
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name in cms_menu.FOR_WRITERS]


@hooks.register("construct_homepage_panels")
def our_home(request, panels):
    panels[:] = [panel for panel in panels if not isinstance(panel, WAGTAILS)]
    panels += [Waiting(request), CourseTree(request)]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that add them
def no_counts_of_pages(request, items):
    """Whoever writes wants their courses first, and not how many pages there are."""
    if not request.user.is_superuser:
        items.clear()


# --- Saving ------------------------------------------------------------------------------------


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_when_minutes_do_not_add_up(request, page):
    if isinstance(page, SessionPage):
        warn_about_minutes(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def go_on_to_asking(request, page):
    """The draft is saved. Whoever pressed “Ask a second reader” goes on to where that is done."""
    return redirect("before_publishing", page.pk) if ASK in request.POST else None


# --- Publishing --------------------------------------------------------------------------------


@hooks.register("before_publish_page", order=-1)
def keep_an_unsound_draft(request, page):
    """A scenario's faults are shown where they are: at the very choice, in its drawing."""
    if isinstance(page, LessonPage):
        return scenario_drafts.keep_unsound_drafts(request, [page])
    return None


@hooks.register("before_edit_page", order=-1)
def keep_an_unsound_translation(request, page):
    return translating.publish_what_is_sound(request, page)


@hooks.register("before_publish_page")
def keep_what_is_not_ready(request, page):
    """Even an administrator does not publish what has to be mended first. The draft is saved."""
    if what_stops(page, timezone.localdate()):
        messages.warning(request, _("Your draft is saved. There is something to mend first."))
        return redirect("before_publishing", page.pk)
    return None


@hooks.register("after_publish_page", order=-1)
def look_at_the_question_bank(request, page):
    tell_what_the_bank_lacks(request, page)


@hooks.register("after_publish_page")
def show_the_effect(request, page):
    return redirect("published", page.pk)


@hooks.register("register_log_actions")
def our_log_actions(actions):
    actions.register_action(ALONE)(cms_menu.PublishedAlone)


# --- Copying and deleting ----------------------------------------------------------------------


@hooks.register("before_copy_page")
def copy_our_way(request, page):
    return kits.copy_our_way(request, page)


@hooks.register("after_copy_page")
def give_copies_ids_of_their_own(request, page, new_page):
    renew_copies(page=new_page, by=request.user)


@hooks.register("before_delete_page")
def keep_a_held_page(request, page):
    return keep_held_pages(request, [page])


@hooks.register("before_bulk_action")
def keep_held_pages_together(request, action_type, objects, action_class_instance):
    if action_type == "publish":
        messages.warning(request, _("Pages are published one by one, each with a second reader."))
        return redirect("wagtailadmin_home")
    if action_type == "delete" and all(isinstance(each, Page) for each in objects):
        return keep_held_pages(request, objects)
    return None
