"""H5P packages as authors know them, their versions, and the libraries these run on.

Files lie in private storage, below the folders that these rows name: a package's own below a name
that nobody can guess, a library's below the SHA-256 of all that is in it. Rows of versions and
libraries never change; a folder that no row names is litter.
"""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from content.h5p.resolving import Name


class H5PLibraryQuerySet(models.QuerySet):
    def installed(self, name):
        """Return the newest build with a name like “H5P.Image 1.1”, or None."""
        asked = Name.read(name)
        return self.filter(**asked._asdict()).order_by("patch", "pk").last() if asked else None

    def to_make(self):
        """Return the newest build of each type that an activity can be made of, by its title."""
        newest = {}
        written = self.filter(semantics__isnull=False).defer("semantics", "files")
        for library in written.order_by("major", "minor", "patch", "pk"):
            if library.is_runnable:
                newest[library.machine_name] = library
        return sorted(newest.values(), key=lambda library: library.title.casefold())


class H5PLibrary(models.Model):
    """One build of a library: its code, its form, its words. Shared by all versions that use it.

    `metadata` is its library.json, `semantics` its semantics.json (None without one), `files`
    {path in its folder: size in bytes}. Two builds that call themselves by the same name and
    version are two libraries.
    """

    machine_name = models.CharField(max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    metadata = models.JSONField()
    semantics = models.JSONField(null=True)
    files = models.JSONField()
    added_at = models.DateTimeField()

    objects = H5PLibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        ordering = ["machine_name", "-major", "-minor", "-patch", "-pk"]
        indexes = [
            models.Index(fields=["machine_name", "major", "minor"], name="h5p_library_by_name")
        ]

    def __str__(self):
        return f"{self.title} {self.major}.{self.minor}.{self.patch}"

    @property
    def title(self):
        """What people call it: “Dialog Cards” for H5P.Dialogcards."""
        return self.metadata.get("title") or self.machine_name

    @property
    def is_runnable(self):
        """Whether a package may be of this type. Others only help."""
        return bool(self.metadata.get("runnable"))

    @property
    def name(self):
        """What packages call it: “H5P.Dialogcards 1.8”."""
        return Name(self.machine_name, self.major, self.minor)

    @property
    def directory(self):
        """What its folder is called in a package, like “H5P.Dialogcards-1.8”."""
        return self.name.directory

    @property
    def folder(self):
        """Where its files lie in private storage."""
        return f"h5p/libraries/{self.sha256}"


class H5PPackageQuerySet(models.QuerySet):
    def with_type(self):
        """Each with its `newest` version's id, and `type_title`: what people call its type."""
        newest = H5PVersion.objects.filter(package=OuterRef("pk")).order_by("-number")
        main = H5PVersionLibrary.objects.filter(
            version=OuterRef("newest"),
            library__machine_name=KeyTextTransform("mainLibrary", "version__metadata"),
        )
        called = Coalesce(
            KeyTextTransform("title", "library__metadata"),
            "library__machine_name",
            output_field=models.TextField(),
        )
        return self.annotate(newest=Subquery(newest.values("pk")[:1])).annotate(
            type_title=Subquery(main.order_by("-library").values_list(called)[:1])
        )

    def named(self, words):
        """Those with these words in their title or in what their type is called."""
        found = self.with_type()
        for word in words.split():
            found = found.filter(
                models.Q(title__icontains=word) | models.Q(type_title__icontains=word)
            )
        return found


class H5PPackages(models.Manager):
    """What authors have. Somebody's trial is none of it."""

    def get_queryset(self):
        return super().get_queryset().filter(is_trial=False)


class H5PPackage(models.Model):
    """An activity that an author chooses for a lesson. What is in it is kept in versions.

    A trial is what somebody looks at while they write, before they save. It is gone after a day.
    """

    title = models.CharField(_("title"), max_length=255)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    is_trial = models.BooleanField(default=False, editable=False)

    objects = H5PPackages.from_queryset(H5PPackageQuerySet)()
    trials_too = H5PPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    @cached_property
    def latest(self):
        """The newest H5PVersion: what a new edition would hold."""
        return self.versions.order_by("number").last()


class H5PVersion(models.Model):
    """One upload or one edit of a package, numbered. It never changes.

    `metadata` is h5p.json and `content` content.json, `files` {path below content/: size} of its
    own pictures and sounds, and `notes` are what was let through with a word to the author:
    [{"code": …, …}], told by `content.h5p`.
    """

    package = models.ForeignKey(H5PPackage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    metadata = models.JSONField()
    content = models.JSONField()
    folder = models.CharField(max_length=100, unique=True)
    files = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    libraries = models.ManyToManyField(H5PLibrary, through="content.H5PVersionLibrary")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("version of an activity")
        verbose_name_plural = _("versions of activities")
        ordering = ["package", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "number"], name="h5p_version_number_used_once"
            ),
        ]

    def __str__(self):
        return f"{self.package_id}: {self.number}"

    @property
    def main_library(self):
        """The H5PLibrary of its type: the newest it was resolved to. None if there is none."""
        name = self.metadata.get("mainLibrary")
        return self.libraries.filter(machine_name=name).order_by("major", "minor").last()


class H5PVersionLibrary(models.Model):
    """A library that a version was resolved to when it was made. Later ones change nothing."""

    version = models.ForeignKey(H5PVersion, on_delete=models.CASCADE, related_name="+")
    library = models.ForeignKey(H5PLibrary, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "library"], name="h5p_library_once_in_version"
            ),
        ]

    def __str__(self):
        return f"{self.version_id}: {self.library_id}"
