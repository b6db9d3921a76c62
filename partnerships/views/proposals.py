"""What staff do with the yearly confirmation: ask, look at the answers, decide on corrections."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from exporting.sending import exported
from partnerships import rules
from partnerships.choices.links import LinkPurpose, Reaction
from partnerships.exports.answers import ANSWERS, PROPOSALS
from partnerships.forms.links import AnswerFilter
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import ProposedChange, SignedLink
from partnerships.reminders.files import season
from partnerships.selectors import proposals as selectors
from partnerships.services import links
from partnerships.services import proposals as services

FILES_ON_A_PAGE = 10


@staff_only
@require_GET
def proposal_list(request: PortalRequest) -> HttpResponseBase:
    """Open corrections, file by file; whoever may change the file decides."""
    waiting = selectors.files_with_proposals(request.user)
    if "format" in request.GET:
        return exported(request, PROPOSALS, waiting, people=rules.can_export_contacts(request.user))
    page = page_of(waiting, request, per_page=FILES_ON_A_PAGE)
    files = [
        (each, selectors.corrections(each), rules.can_change_enterprise(request.user, each))
        for each in page.object_list
    ]
    return render(request, "partnerships/proposal_list.html", {"page": page, "files": files})


@staff_only
@require_POST
def take_over(request: PortalRequest, pk: int) -> HttpResponse:
    """The proposals that the form names: one, or all that were shown."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    wanted = [int(key) for key in request.POST.getlist("proposal") if key.isdecimal() and len(key) < 19]
    try:
        number = services.take_over(enterprise, wanted, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        taken = ngettext("%(number)s correction is on file.", "%(number)s corrections are on file.", number)
        messages.success(request, taken % {"number": number})
    return redirect("partnerships:proposal_list")


@staff_only
@require_POST
def refuse(request: PortalRequest, pk: int) -> HttpResponse:
    visible = Enterprise.objects.visible_to(request.user)
    proposals = ProposedChange.objects.select_related("enterprise").filter(enterprise__in=visible)
    proposal = get_object_or_404(proposals, pk=pk)
    try:
        services.refuse(proposal, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file stays as it is; the reason is on the timeline."))
    return redirect("partnerships:proposal_list")


@staff_only
@require_POST
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask the enterprise's contact now."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    try:
        link = links.ask(enterprise, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The letter to %(name)s is on its way.") % {"name": link.name})
    return redirect("partnerships:enterprise", pk=pk)


@staff_only
@require_POST
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Withdraw the link that the enterprise's contact has."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    holding = SignedLink.objects.usable(timezone.now()).filter(purpose=LinkPurpose.CONFIRM_FILE)
    link = get_object_or_404(holding.filter(enterprise=enterprise)[:1])
    links.revoke_link(link, by=request.user, at=timezone.now())
    messages.success(request, _("The link is withdrawn."))
    return redirect("partnerships:enterprise", pk=pk)


@staff_only
@require_GET
def answer_list(request: PortalRequest) -> HttpResponseBase:
    """Who was asked in a year and what came; with `?format=` the way to a file of them."""
    today = timezone.localdate()
    years = selectors.asked_years()
    form = AnswerFilter(request.GET, years=years)
    year = int(form.chosen.get("year") or season(today) or (years[0] if years else today.year))
    rows = selectors.answer_list(request.user, form.chosen, year=year)
    if "format" in request.GET:
        return exported(request, ANSWERS, rows, filters=form, people=rules.can_export_contacts(request.user))
    context = {
        "form": form, "page": page_of(rows, request), "totals": selectors.answer_totals(rows), "year": year,
        "nobody": selectors.nobody_to_write_to(request.user, year=year, on=today), "reactions": Reaction.choices,
        "here": reverse("partnerships:answer_list"),
    }  # fmt: skip
    template = "partnerships/answer_list.html#rows" if request.htmx else "partnerships/answer_list.html"
    return render(request, template, context)
