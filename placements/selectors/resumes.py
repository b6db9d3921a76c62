"""The résumé that the portal writes: what it says in which language, and its PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models.people import StudentProfile, User
from accounts.selectors import school
from core.names import in_language, reads_chinese
from core.pdf import render_pdf
from placements.choices import ResumeSection
from placements.models.resumes import ResumeEntry

TEMPLATE: Path = settings.BASE_DIR / "templates" / "placements" / "resume.typ"
LANGUAGES = {"zh-hans": gettext_lazy("in Chinese"), "en": gettext_lazy("in English")}


@dataclass(frozen=True)
class Part:
    """One part of the résumé with its entries, latest first."""

    section: ResumeSection
    entries: list[ResumeEntry]

    @property
    def label(self) -> str:
        return str(self.section.label)


def parts_of(student: User) -> list[Part]:
    """Every part, in the order of the paper; one query."""
    entries = list(student.resume_entries.all())
    return [Part(section, [each for each in entries if each.section == section]) for section in ResumeSection]


@dataclass(frozen=True)
class Gap:
    """Something that the English résumé says in Chinese, because there is no English; `entry` where it is one."""

    text: str
    entry: ResumeEntry | None = None


def english_gaps(profile: StudentProfile, parts: list[Part]) -> list[Gap]:
    """Where the English résumé falls back to Chinese."""
    gaps = []
    if not profile.user.name_en:
        gaps.append(Gap(_("Name")))
    if profile.summary and not profile.summary_en:
        gaps.append(Gap(_("About myself")))
    for part in parts:
        for entry in part.entries:
            pairs = ((entry.title, entry.title_en), (entry.place, entry.place_en), (entry.text, entry.text_en))
            if any(chinese and not english for chinese, english in pairs):
                gaps.append(Gap(_("%(label)s: %(value)s") % {"label": part.label, "value": entry.title}, entry))
    return gaps


def resume_pdf(profile: StudentProfile, language: str) -> bytes:
    """The résumé on A4, in one of the portal's languages."""
    with translation.override(language):
        return render_pdf(TEMPLATE, resume_data(profile))


def resume_data(profile: StudentProfile) -> dict[str, Any]:
    """Everything that it says, in the language at hand; what has no English is said in Chinese."""
    user, parts = profile.user, parts_of(profile.user)
    languages = [
        " ".join(part for part in (str(skill), f"({skill.proof})" if skill.proof else "") if part)
        for skill in profile.languages.all()
    ]
    facts = [
        (_("Major"), str(profile.major)),
        (_("Level of study"), profile.get_level_display()),
        (_("Graduating class"), str(profile.class_of)),
        (_("Languages"), _("; ").join(languages)),
        (_("Skills"), _("; ").join(profile.skills)),
    ]
    return {
        "language": "zh" if reads_chinese() else "en",
        "title": pgettext("heading of the paper", "Résumé"),
        "name": str(user),
        "beside": (user.name_en if reads_chinese() else user.name) if user.name_en else "",
        "school": str(school()),
        "contact": [word for word in (profile.phone, user.email) if word],
        "facts": [pair for pair in facts if pair[1]],
        "about": _("About myself"),
        "summary": in_language(profile.summary, profile.summary_en),
        "parts": [
            {"title": part.label, "entries": [_entry(each) for each in part.entries]} for part in parts if part.entries
        ],
    }


def _entry(entry: ResumeEntry) -> dict[str, str]:
    return {
        "title": str(entry),
        "place": entry.shown_place,
        "when": entry.period,
        "text": in_language(entry.text, entry.text_en),
    }
