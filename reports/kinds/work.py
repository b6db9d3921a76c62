"""A build at work: whose rights, which filters, how far it is, and what it has made."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.templatetags.portal import listed
from reports.choices import FileFormat
from reports.claims import Claim
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.kinds.kind import Kind, KindForm
from reports.models.builds import ReportBuild, ReportedFigure
from reports.papers.about import About, facts_of
from reports.selectors.doors import asked
from reports.storing import store_file

A_SECOND = 1.0


@dataclass
class Work:
    """What a kind's `build` is given. Between two ticks the build may be cancelled, which ends the work."""

    build: ReportBuild
    kind: Kind
    form: KindForm
    claim: Claim
    step: str = ""
    done: int = 0
    total: int = 0
    noted_at: float = 0.0
    noted: int = -1
    values: dict[tuple[str, str], ReportedFigure] = field(default_factory=dict)
    defined: dict[str, Figure] = field(default_factory=dict)
    scopes: dict[tuple[str, str], Scope] = field(default_factory=dict)

    @property
    def user(self) -> User:
        """Whose rights limit what is in it."""
        return self.build.seen_as

    @property
    def at(self) -> datetime:
        """As of when the rows are read."""
        return self.claim.at

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)

    @property
    def asked_for(self) -> dict[str, Any]:
        """The filters that were chosen, cleaned."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", False)}

    @property
    def stem(self) -> str:
        """What the files are called, without their ending."""
        return f"{self.kind.name} {timezone.localtime(self.at):%Y-%m-%d}".replace("/", "-")

    def begin(self, step: str, total: int = 1) -> None:
        """A step of the kind begins, with so many parts."""
        self.step, self.done, self.total = step, 0, total
        self._note()

    def tick(self) -> None:
        """One part of the step is done; told when the percentage moves, at least every second."""
        self.done += 1
        percent = self.kind.percent(self.step, self.done, self.total)
        if percent != self.noted or time.monotonic() - self.noted_at >= A_SECOND:
            self._note()

    def _note(self) -> None:
        self.noted_at, self.noted = time.monotonic(), self.kind.percent(self.step, self.done, self.total)
        self.claim.update(step=self.step, step_done=self.done, step_total=self.total, percent_done=self.noted)

    def value(self, slug: str, scope: Scope) -> Value:
        """The figure in a scope, noted as reported."""
        figure = FIGURES[slug]
        return self.reported(figure, scope, figure.value(scope))

    def reported(self, figure: Figure, scope: Scope, value: Value) -> Value:
        """Note that the report gives this value; the same figure and scope is noted once."""
        fits = figure.fitting(scope)
        words = urlencode(asked(fits))
        self.defined.setdefault(figure.slug, figure)
        self.scopes[figure.slug, words] = fits
        self.values[figure.slug, words] = ReportedFigure(
            build=self.build, figure=figure.slug, scope=words[:300], counted_on=scope.on, numerator=value.rows,
            denominator=value.denominator, is_whole=self.user.is_office or self.user.has_role(Role.LEADER),
        )  # fmt: skip
        return value

    def about(self) -> About:
        """Definitions, filters, time, who built it and who may see it: the block that every file holds."""
        build = self.build
        readers = [str(reader) for reader in build.readers.order_by("number")]
        seen_by = listed([_("the employment office"), *(readers or [str(build.seen_as)])])
        return About(
            title=str(self.kind.name),
            definition=str(self.kind.definition),
            filters=[(label, value) for _name, label, value in self.form.words],
            facts=facts_of(at=self.at, by=build.requested_by, seen_as=build.seen_as, seen_by=seen_by),
            figures=[(str(figure.name), str(figure.definition)) for figure in self.defined.values()],
        )

    def keep(self, name: str, value: Any) -> None:
        """What must still be known when the build begins again."""
        self.build.kept = {**self.build.kept, name: value}
        self.claim.update(kept=self.build.kept)

    def add(self, ending: FileFormat, content: bytes | IO[bytes], name: str = "") -> None:
        """A finished file."""
        if isinstance(content, bytes):
            with tempfile.TemporaryFile() as file:
                file.write(content)
                store_file(self.build, name or self.stem, ending.value, file)
        else:
            store_file(self.build, name or self.stem, ending.value, content)

    def finish(self) -> None:
        """Keep what was reported; called with the build's end, in its transaction."""
        ReportedFigure.objects.filter(build=self.build).delete()
        ReportedFigure.objects.bulk_create(self.values.values())


def file_name(text: str) -> str:
    """A name that every system takes for a file, with its Chinese letters."""
    return slugify(text, allow_unicode=True)[:80]
