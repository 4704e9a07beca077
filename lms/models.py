"""A person who can sign in."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Called(DeferredAttribute):
    """What pages call a person. Of who was forgotten no name is kept: they say that they left."""

    def kept(self, instance):
        """Return the name in the database."""
        return super().__get__(instance)

    def __get__(self, instance, cls=None):
        kept = super().__get__(instance, cls)
        if instance is None or kept or instance.is_active:
            return kept
        return gettext("Somebody who has left")

    def __set__(self, instance, value):
        # `refresh_from_db` reads and sets by this very way, and the sentence is nobody's name.
        is_sentence = value == gettext("Somebody who has left")
        instance.__dict__[self.field.attname] = "" if is_sentence else value


class NameField(models.CharField):
    """A name that reads well when it is not there any more; kept as it is."""

    descriptor_class = Called

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance, add):
        return self.value_from_object(model_instance)

    def value_from_object(self, obj):
        return obj.name_as_kept  # by the object itself: a request's user is a stand-in for it


class UserManager(BaseUserManager):
    def create_user(self, email=None, password=None, **fields):
        """Make a person who signs in by e-mail, or with a card; most have no password."""
        address = self.normalize_email(email).lower() if email else None
        user = self.model(email=address, **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A person, with the name others see and the name they want on a certificate."""

    username = None
    last_name = None
    # Empty for those who have none: they sign in with a printed card.
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = NameField(_("name"), max_length=120, help_text=_("What your group calls you."))
    certificate_name = models.CharField(
        _("name on certificates"),
        max_length=120,
        blank=True,
        help_text=_("Leave it empty to use the name above."),
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("In which we write to you.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_for_each_address"),
        ]

    def __str__(self):
        return self.name or self.email or ""

    def clean(self):
        """Keep no address as none: Django makes an empty text of it, which only one can have."""
        super().clean()
        self.email = self.email or None

    @property
    def first_name(self):
        """What the CMS greets a person with: here people have one name."""
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def name_as_kept(self):
        """The name in the database: empty once somebody was forgotten."""
        return type(self).name.kept(self)

    @property
    def name_for_certificates(self):
        return self.certificate_name or self.name_as_kept


class SignInCardQuerySet(models.QuerySet):
    def usable(self, at):
        """Cards that can still be used at this moment."""
        return self.filter(used_at=None, cancelled_at=None, expires_at__gt=at)


class SignInCard(models.Model):
    """A printed code that signs one person in, once. Only its hash is kept."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="+", null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = SignInCardQuerySet.as_manager()

    def __str__(self):
        return f"{self.person_id}: {self.made_at:%Y-%m-%d}"


class Device(models.Model):
    """Where somebody is signed in: what kind of device, since when, and the day it was last here.

    No network address is kept, and no more of the browser than its name.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    signed_in_at = models.DateTimeField()
    seen_on = models.DateField()

    class Meta:
        ordering = ["-seen_on", "-signed_in_at"]

    def __str__(self):
        return f"{self.person_id}: {self.browser} {self.system}"


class SecondStepReset(models.Model):
    """An administrator took somebody's second step away, so that they can set up a new one."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, related_name="+", null=True)
    at = models.DateTimeField()
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(why=""), name="reset_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.at:%Y-%m-%d}"


class ErasureQuerySet(models.QuerySet):
    def open(self):
        """Those that are still to be done."""
        return self.filter(done_at=None, taken_back_at=None)

    def done(self):
        """Those that have been done."""
        return self.filter(done_at__isnull=False)


class Erasure(models.Model):
    """Somebody asked to be forgotten: when, until when it can be undone, and whether it was done.

    `asked_by` is the person, an organiser for them (then `why` says how they asked), or nobody
    where the time was up that an organisation keeps people who do not come back. `names_go_on` is
    the day on which certificates lose their name as well, where it stays for a while.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="erasures")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    why = models.CharField(_("how they asked"), max_length=300, blank=True)
    keeps_certificates = models.BooleanField(_("keep my name on my certificates"), default=False)
    due_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    names_go_on = models.DateField(null=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(done_at=None, taken_back_at=None),
                name="erasure_is_asked_for_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(taken_back_at=None),
                name="erasure_is_done_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(names_go_on=None) | Q(keeps_certificates=True),
                name="only_names_that_stayed_go_later",
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.asked_at:%Y-%m-%d}"
