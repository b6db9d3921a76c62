"""The sample school while it is being built: the day it is built on, its chance, and what exists so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from django.utils import timezone

from accounts.models.people import StudentProfile, User
from accounts.models.school import College, Facility, Major, Office
from accounts.working_days import WorkingDays, working_days
from demo.words.enterprise_words import EnterpriseWords
from partnerships.models.codes import AgreementKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from visits.models.campaigns import Campaign

NEW_YEAR_MONTH = 9  # the school year begins in September


@dataclass
class Partner:
    """An enterprise of the sample school with what was said of it and the people there."""

    record: Enterprise
    words: EnterpriseWords
    contacts: list[Contact] = field(default_factory=list)


@dataclass
class World:
    """Everything is told relative to `now`; the same day and seed give the same school."""

    now: datetime
    random: Random
    staff: dict[str, User] = field(default_factory=dict)
    colleges: dict[str, College] = field(default_factory=dict)
    majors: dict[str, Major] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)
    profiles: list[StudentProfile] = field(default_factory=list)
    partners: list[Partner] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    kinds: dict[str, AgreementKind] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    draft: bytes = b""

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def working_days(self) -> WorkingDays:
        """Read once, after the code lists are on file."""
        return working_days()

    @property
    def graduating(self) -> int:
        """The class that graduates next summer."""
        return self.today.year + (1 if self.today.month >= NEW_YEAR_MONTH else 0)

    @property
    def officer(self) -> User:
        return self.staff["officer"]

    @property
    def leader(self) -> User:
        return self.staff["leader"]

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def workday(self, days: int) -> date:
        """The day so many working days from today; 0 is today, whatever day it is."""
        if days < 0:
            return self.working_days.before(self.today, -days)
        return self.working_days.after(self.today, days)

    def hour(self, day: date, hour: int) -> datetime:
        """A full hour of any day, one to come too."""
        return timezone.make_aware(datetime.combine(day, time(hour)))

    def at(self, day: date, hour: int = 10) -> datetime:
        """An instant of a day, never later than now."""
        instant = timezone.make_aware(datetime.combine(day, time(hour, self.random.randrange(0, 60, 5))))
        return min(instant, self.now)

    def partner(self, short_name: str) -> Partner:
        return next(partner for partner in self.partners if partner.words.short == short_name)

    def staff_of(self, college: College) -> User:
        """Who looks after the enterprises of a college."""
        return next(user for user in self.staff.values() if college.pk in user.college_ids)
