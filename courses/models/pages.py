"""The course tree that peer educators write: catalogue > course > session > lesson.

Handouts stand below the course, beside its sessions.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from content.blocks import HandoutBody, LessonBody
from content.blocks.lesson import steps
from courses.blocks import AimsBody, LinesBody, PlanBody, SourcesBody
from courses.models.cohorts import Cohort, Enrolment
from courses.models.review import WrittenByTwo
from courses.panels import AskingForm, MinutesPanel, SessionForm, Standing, tabs, title_panel
from courses.session_plan import timing

SUMMARY = FieldPanel(
    "summary", help_text=_("One or two short sentences. People read them before they open it.")
)

# A page has one address, whatever language it is read in.
SAME_IN_EVERY_LANGUAGE = [SynchronizedField("slug", overridable=False)]
PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


def _listed(pages):
    """Return the published pages in order, with the language that their words are in."""
    return pages.live().select_related("locale", "alias_of__locale").order_by("path")


class CatalogPage(Page):
    """The front page: what this is, and the courses there are."""

    lead = models.TextField(_("first sentence"), max_length=300)
    body = RichTextField(_("text"), features=PROSE, blank=True)

    override_translatable_fields = SAME_IN_EVERY_LANGUAGE
    content_panels = [Standing(), *Page.content_panels, "lead", "body"]
    base_form_class = AskingForm
    template = "courses/catalog_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CoursePage", "content.InfoPage"]
    max_count = 1
    page_description = _("The front page of the site.")

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "courses": _listed(CoursePage.objects.child_of(self).public()),
        }


class CoursePage(WrittenByTwo, Page):
    """A course. Cohorts follow its editions; this is where it is written."""

    summary = models.TextField(_("summary"), max_length=300)
    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)
    hours_live = models.DecimalField(_("hours together"), max_digits=5, decimal_places=1)
    hours_online = models.DecimalField(_("hours of lessons"), max_digits=5, decimal_places=1)
    hours_preparing = models.DecimalField(
        _("hours of preparing"), max_digits=5, decimal_places=1, default=0
    )
    sessions_required = models.PositiveSmallIntegerField(
        _("sessions needed to complete"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_("Out of the numbered sessions. Session Zero is never counted."),
    )
    leads_to_ready = models.BooleanField(
        _("leads to “ready to co-facilitate”"),
        default=False,
        help_text=_(
            "After completing, people can go on to practice that somebody watches, and be signed "
            "off as ready. The course then needs a check at its end, both agreements to sign, and "
            "a handout with the ten criteria. In each session you can say whether it is needed."
        ),
    )
    done = StreamField(
        LinesBody(),
        verbose_name=_("what a certificate says was done"),
        help_text=_("Each line goes on after the person’s name, like “practised listening”."),
    )
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    sources = StreamField(SourcesBody(), verbose_name=_("sources"), blank=True)

    content_panels = [
        Standing(),
        title_panel(_("Title of the course")),
        SUMMARY,
        "introduction",
        FieldRowPanel(["hours_live", "hours_online", "hours_preparing"], heading=_("Hours")),
        MultiFieldPanel(["sessions_required", "done"], heading=_("Completing the course")),
        MultiFieldPanel(["leads_to_ready"], heading=_("After the course")),
        HelpPanel(heading=_("Editions"), template="courses/cms/_editions.html"),
        "sources",
        "licence",
    ]
    override_translatable_fields = [
        *SAME_IN_EVERY_LANGUAGE,
        SynchronizedField("licence", overridable=False),
        SynchronizedField("leads_to_ready", overridable=False),
    ]
    base_form_class = AskingForm
    template = "courses/course_page.html"
    parent_page_types = ["courses.CatalogPage"]
    subpage_types = [
        "courses.SessionPage",
        "courses.QuestionBankPage",
        "courses.HandoutPage",
    ]
    page_description = _("A course, made of sessions.")

    class Meta:
        verbose_name = _("course")

    @property
    def hours(self):
        """All the hours a trainee gives, together."""
        return self.hours_live + self.hours_online + self.hours_preparing

    def get_context(self, request, *args, **kwargs):
        sessions = _listed(SessionPage.objects.child_of(self))
        return {**super().get_context(request, *args, **kwargs), "sessions": sessions}


class SessionPage(WrittenByTwo, Page):
    """A session of the course: what it is for, and the timed plan that two facilitators follow."""

    number = models.PositiveSmallIntegerField(
        _("number"), help_text=_("0 for Session Zero, which people may come to but need not.")
    )
    counted = models.BooleanField(
        _("counts towards completing"), default=True, help_text=_("Session Zero never does.")
    )
    needed_for_ready = models.BooleanField(
        _("needed to be ready to co-facilitate"),
        default=False,
        help_text=_(
            "Like the session about safety: who misses it needs a catch-up. Only for sessions "
            "that count, in a course that leads to “ready to co-facilitate”."
        ),
    )
    summary = models.TextField(_("summary"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=150)
    aims = StreamField(AimsBody(), verbose_name=_("aims"), blank=True)
    plan = StreamField(PlanBody(), verbose_name=_("session plan"), blank=True)

    edit_handler = tabs(
        [
            Standing(),
            title_panel(_("Title of the session")),
            FieldRowPanel(
                [
                    "number",
                    FieldPanel("minutes", help_text=_("How long it takes, with its breaks.")),
                    "counted",
                    "needed_for_ready",
                ]
            ),
            SUMMARY,
            "aims",
            FieldPanel(
                "plan", help_text=_("The minutes should add up to the length of the session.")
            ),
            MinutesPanel(heading=_("Minutes")),
        ],
        form=SessionForm,
    )
    override_translatable_fields = [
        *SAME_IN_EVERY_LANGUAGE,
        SynchronizedField("needed_for_ready", overridable=False),
    ]
    template = "courses/session_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    page_description = _("One session, with its plan and its lessons.")

    class Meta:
        verbose_name = _("session")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gt=0) | models.Q(counted=False),
                name="session_zero_is_never_counted",
            )
        ]

    def clean(self):
        super().clean()
        if self.number == 0:
            self.counted = False
        if self.needed_for_ready and not self.counted:
            raise ValidationError(
                {
                    "needed_for_ready": _(
                        "Only a session that counts can be needed. Let it count, or take this "
                        "tick away."
                    )
                }
            )

    @property
    def timing(self):
        """Whether the activities of the plan fill the session."""
        return timing((activity.value.get("minutes") for activity in self.plan), self.minutes)

    def get_context(self, request, *args, **kwargs):
        lessons = _listed(LessonPage.objects.child_of(self))
        return {**super().get_context(request, *args, **kwargs), "lessons": lessons}


class LessonPage(WrittenByTwo, Page):
    """A lesson of ten to fifteen minutes, in steps of one screen each."""

    summary = models.TextField(_("summary"), max_length=300)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=12, help_text=_("10 to 15 is right for a tired day.")
    )
    required = models.BooleanField(
        _("needed to complete the course"),
        default=True,
        help_text=_("Leave it off for lessons that people may choose to skip."),
    )
    body = StreamField(LessonBody(), verbose_name=_("lesson"))
    sources = StreamField(SourcesBody(), verbose_name=_("sources"), blank=True)
    review_by = models.DateField(_("read it again by"), null=True, blank=True)
    sign_off_needed = models.CharField(
        _("who must sign it off first"),
        max_length=200,
        blank=True,
        help_text=_(
            "Most lessons need nobody. For a lesson about danger, say who has to agree to it "
            "before it is published, like “someone trained in suicide prevention”."
        ),
    )

    edit_handler = tabs(
        [
            Standing(),
            title_panel(_("Title of the lesson")),
            SUMMARY,
            FieldPanel(
                "body",
                help_text=_(
                    "Press the plus, and choose what to add. Begin with “New step”: each step is "
                    "one screen of a phone. Then add what people read, see or do there."
                ),
            ),
            FieldRowPanel(
                [
                    "minutes",
                    "required",
                    FieldPanel(
                        "review_by",
                        help_text=_("The day to look again whether it still holds, if you like."),
                    ),
                ],
                heading=_("About this lesson"),
            ),
            FieldPanel(
                "sources",
                help_text=_("Where it comes from, if it says something about health."),
            ),
            "sign_off_needed",
        ]
    )
    override_translatable_fields = SAME_IN_EVERY_LANGUAGE
    template = "courses/lesson_page.html"
    parent_page_types = ["courses.SessionPage"]
    subpage_types = []
    page_description = _("A lesson: a few short steps, with something to try.")

    class Meta:
        verbose_name = _("lesson")

    @property
    def steps(self):
        """The lesson's screens, in order."""
        return list(steps(self.body))

    def serve(self, request, *args, **kwargs):
        """Take a trainee to their own copy; show everyone else what the lesson is about."""
        if request.user.is_authenticated and not getattr(request, "is_preview", False):
            enrolment = (
                Enrolment.objects.of(request.user)
                .with_cohort()
                .filter(cohort__edition__pages__page__translation_key=self.translation_key)
                .order_by("-joined_at")
                .first()
            )
            if enrolment:
                outline = enrolment.cohort.edition.outline
                session, lesson = outline.by_key(str(self.translation_key))
                return redirect("lesson", enrolment.pk, session.slug, lesson.slug)
        return super().serve(request, *args, **kwargs)


class ForWhom(models.TextChoices):
    """Who gets a handout."""

    EVERYONE = "everyone", _("everyone in the group")
    FACILITATORS = "facilitators", _("only the two who lead")


class HandoutPage(WrittenByTwo, Page):
    """A sheet to print: a handout, a form or a set of cards. Only the course's people open it."""

    summary = models.TextField(_("summary"), max_length=300)
    for_whom = models.CharField(
        _("who gets it"), max_length=20, choices=ForWhom, default=ForWhom.EVERYONE
    )
    session_number = models.PositiveSmallIntegerField(
        _("number of the session it belongs to"),
        null=True,
        blank=True,
        help_text=_("Leave it empty if it belongs to the whole course."),
    )
    body = StreamField(HandoutBody(), verbose_name=_("handout"))

    edit_handler = tabs(
        [
            Standing(),
            title_panel(_("Title of the handout")),
            SUMMARY,
            FieldRowPanel(["for_whom", "session_number"]),
            FieldPanel(
                "body", help_text=_("Press the plus, and choose what to add to the sheet.")
            ),
        ]
    )
    override_translatable_fields = SAME_IN_EVERY_LANGUAGE
    template = "courses/handout_page.html"
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []
    page_description = _("Something to print: a handout, a form, cards to cut out.")

    class Meta:
        verbose_name = _("handout")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(for_whom__in=ForWhom.values), name="handout_is_for_somebody"
            )
        ]

    def serve(self, request, *args, **kwargs):
        """Take the course's people to their own copy. For everybody else it is not here."""
        if getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)
        address = self._own_copy(request.user) if request.user.is_authenticated else None
        if address is None:
            raise Http404
        return redirect(*address)

    def _own_copy(self, person):
        """Return the name and the parts of the address where this person has it, or None."""
        here, key = self.page_ptr, str(self.translation_key)
        led = Cohort.objects.seen_by(person).filter(edition__pages__page=here)
        cohort = led.select_related("edition").order_by("-started_at").first()
        if cohort:
            return "cohort_handout", cohort.pk, cohort.edition.outline.handout_by_key(key).slug
        taken = Enrolment.objects.of(person).with_cohort()
        enrolment = taken.filter(cohort__edition__pages__page=here).order_by("-joined_at").first()
        if enrolment:
            edition = enrolment.cohort.edition
            return "handout", enrolment.pk, edition.outline.handout_by_key(key).slug
        return None
