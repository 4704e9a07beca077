"""A person who can sign in."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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
    name = models.CharField(_("name"), max_length=120, help_text=_("What your group calls you."))
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
    def name_for_certificates(self):
        return self.certificate_name or self.name


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
