"""Who may do what with documents and pictures in the CMS: what an edition uses is kept."""

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from content.models import CourseDocument, Picture
from courses.models import EditionFile


class HeldFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's own rule, but nobody deletes what an edition uses."""

    def __init__(self, model, *, auth_model, held_as):
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        self.held_as = held_as

    def user_has_any_permission_for_instance(self, user, actions, instance):
        left = set(actions)
        if "delete" in left and EditionFile.objects.filter(**{self.held_as: instance}).exists():
            left.remove("delete")
        return bool(left) and super().user_has_any_permission_for_instance(user, left, instance)


held_documents = HeldFilesPolicy(
    CourseDocument, auth_model="wagtaildocs.Document", held_as="document"
)
held_pictures = HeldFilesPolicy(Picture, auth_model="wagtailimages.Image", held_as="picture")
