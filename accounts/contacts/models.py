"""Every touch with a unit, whoever recorded it: visits, calls, messages. The apps above write here by the service."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.contacts.terms import ContactChannel, Direction
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.house import read_house
from kam.core.models import Stamped
from kam.users.models import User
from kam.users.scopes import owned_rows

CHANNEL_LABELS = {
    ContactChannel.VISIT: _("Visit"),
    ContactChannel.CALL: _("Call"),
    ContactChannel.WECHAT: _("WeChat message"),
    ContactChannel.EMAIL: _("E-mail"),
    ContactChannel.LETTER: _("Letter"),
    ContactChannel.ONLINE: _("Online meeting"),
    ContactChannel.EVENT: _("Event"),
}
DIRECTION_LABELS = {Direction.OUT: _("from us"), Direction.IN: _("from them")}


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(owned_rows(user, owner="unit__owner", team="unit__team"))


class Contact(Stamped):
    """We were in touch with a unit on a day (S-047)."""

    unit = models.ForeignKey(KeyAccount, models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    at = models.DateTimeField(_("time"), null=True, blank=True)
    channel = models.CharField(_("way"), max_length=20, choices=list(CHANNEL_LABELS.items()))
    direction = models.CharField(
        _("direction"), max_length=3, choices=list(DIRECTION_LABELS.items()), default=Direction.OUT
    )
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    text = models.TextField(_("what was said"), max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="contacts")
    met = models.BooleanField(_("met in person"), default=False)
    written = models.BooleanField(_("in writing"), default=False)
    called = models.BooleanField(_("by telephone"), default=False)
    outline_used = models.BooleanField(_("question outline used"), default=False)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=60, blank=True)
    source_label = models.CharField(max_length=300, blank=True)
    persons = models.ManyToManyField(Person, through="ContactPerson", related_name="contacts")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"],
                condition=~Q(source_kind=""),
                name="contact_once_a_source",
            ),
            models.CheckConstraint(condition=Q(channel__in=list(ContactChannel)), name="contact_way_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-on", "-id"], name="contact_by_unit"),
            models.Index(fields=["by", "-on"], name="contact_by_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on}"

    @property
    def outcome_words(self) -> str:
        """The outcome as the reader says it."""
        return read_house(self.outcome)


class ContactPerson(models.Model):
    """A person took part in a contact."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="contact_persons")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_persons")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "person"], name="contact_person_once")]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.person_id}"
