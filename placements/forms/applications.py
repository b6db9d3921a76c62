"""What a student types to apply: the letter, the documents that are wanted, the questions that are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import OnceForm
from core.uploads import CheckedFileField
from placements.choices import DocumentKind, QuestionKind
from placements.models.postings import Posting, PostingQuestion
from placements.models.resumes import Resume
from placements.selectors.resumes import LANGUAGES
from placements.services.applying import asked_of, changed_meanwhile

KINDS = ("pdf", "docx", "jpg", "jpeg", "png")
UPLOAD, NONE, WRITTEN, KEPT = "upload", "none", "written-", "kept-"
BY_FORM = (DocumentKind.RESUME, DocumentKind.LETTER)  # each has a field of its own


class ApplyForm(OnceForm):
    """What a student adds to what the portal knows; `asked` tells a form that was opened before a change."""

    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    resume = forms.ChoiceField(label=gettext_lazy("Résumé to send"), widget=forms.RadioSelect)
    resume_file = CheckedFileField(label=gettext_lazy("Another résumé"), required=False, kinds=KINDS)
    letter = forms.CharField(
        label=gettext_lazy("A few words to the enterprise"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Optional, at most 2,000 characters."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, posting: Posting, resumes: Iterable[Resume]) -> None:
        super().__init__(data, files)
        self.wanted = [DocumentKind(kind) for kind in posting.documents]
        self.questions = list(posting.questions.all())
        self.asked_now = asked_of(posting)
        self.fields["asked"].initial = self.asked_now
        self._offer_resumes(list(resumes))
        for kind in self.wanted:
            if kind not in BY_FORM:
                self.fields[f"document_{kind}"] = CheckedFileField(label=kind.label, kinds=KINDS)
        if DocumentKind.LETTER in self.wanted:
            self.fields["letter"].required = True
            self.fields["letter"].label = DocumentKind.LETTER.label
            self.fields["letter"].help_text = _("At most 2,000 characters.")
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = _answer_field(question)
        self.order_fields(["resume", "resume_file", *(f"document_{kind}" for kind in self.wanted)])

    def _offer_resumes(self, resumes: list[Resume]) -> None:
        field = self.fields["resume"]
        choices = [(f"{KEPT}{each.pk}", _named(each)) for each in resumes]
        choices += [(f"{WRITTEN}{code}", _("Written by the portal, %(language)s") % {"language": language})
                    for code, language in LANGUAGES.items()]  # fmt: skip
        choices.append((UPLOAD, _("Another file, chosen below")))
        if DocumentKind.RESUME not in self.wanted:
            choices.append((NONE, _("No résumé")))
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = choices[0][0] if resumes or DocumentKind.RESUME in self.wanted else NONE
        field.required = DocumentKind.RESUME in self.wanted
        self.resumes = {f"{KEPT}{each.pk}": each for each in resumes}
        self.fields["resume_file"].help_text = _("PDF, Word, JPEG or PNG. It is kept among your résumés.")

    def clean(self) -> dict[str, Any]:
        """A file and a choice that do not belong together are said; a form of yesterday's questions is shown anew."""
        entered = super().clean() or self.cleaned_data
        file = entered.get("resume_file")
        if file and not self.data.get(self.add_prefix("resume")):
            self.errors.pop("resume", None)
            entered["resume"] = UPLOAD
        choice = entered.get("resume")
        if choice == UPLOAD and not file and "resume_file" not in self.errors:
            self.add_error("resume_file", _("Choose the file, or one of the résumés above."))
        if file and choice and choice != UPLOAD:
            self.add_error("resume", _("You chose a file below as well: choose the one to send."))
        if entered.get("asked") and entered["asked"] != self.asked_now:
            self.add_error(None, changed_meanwhile())
            self._refresh()
        return entered

    def _refresh(self) -> None:
        typed: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # a form that was sent
        typed[self.add_prefix("asked")] = self.asked_now
        self.data = typed

    @property
    def answers(self) -> dict[int, str]:
        """The answers in words, by the question's pk."""
        entered = self.cleaned_data
        return {each.pk: _in_words(each, entered[f"question_{each.pk}"]) for each in self.questions}

    @property
    def uploads(self) -> Iterator[tuple[DocumentKind, Any]]:
        """The files that were chosen on the page, the résumé first."""
        if self.cleaned_data["resume_file"]:
            yield DocumentKind.RESUME, self.cleaned_data["resume_file"]
        for kind in self.wanted:
            if file := self.cleaned_data.get(f"document_{kind}"):
                yield kind, file

    @property
    def kept(self) -> Resume | None:
        """The earlier résumé that was chosen."""
        return self.resumes.get(self.cleaned_data["resume"])

    @property
    def written(self) -> str:
        """The language of the portal's own résumé, where that one was chosen."""
        choice: str = self.cleaned_data["resume"]
        return choice.removeprefix(WRITTEN) if choice.startswith(WRITTEN) else ""


def _named(resume: Resume) -> str:
    return f"{resume.name} ({date_format(timezone.localtime(resume.at), 'DATE_FORMAT')})"


def _answer_field(question: PostingQuestion) -> forms.Field:
    rest: dict[str, Any] = {"label": str(question), "required": question.is_required}
    if question.kind == QuestionKind.YES_NO:
        return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **rest)
    if question.kind == QuestionKind.CHOICE:
        choices = [(each, each) for each in question.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **rest)
    if question.kind == QuestionKind.NUMBER:
        return forms.DecimalField(max_digits=12, decimal_places=2, **rest)
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **rest)


def _in_words(question: PostingQuestion, answer: Any) -> str:
    """As the student read it: yes and no in the language of the page, a number without needless zeros."""
    if question.kind == QuestionKind.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}.get(answer, "")
    if isinstance(answer, Decimal):
        return f"{answer.normalize():f}"
    return answer or ""
