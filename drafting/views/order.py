"""Who looks at drafts of a kind: the orders that the school sets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only
from accounts.http import PortalRequest
from core.acting import refuse
from core.errors import RuleBroken, StaleEdit
from drafting.forms.reviews import OrderForm
from drafting.selectors.order import KindOrder, order_of, orders
from drafting.services.order import as_seen, set_order
from partnerships.models.codes import AgreementKind


@office_only
@require_GET
def review_steps(request: PortalRequest) -> HttpResponse:
    return render(request, "drafting/review_steps.html", {"orders": orders()})


@office_only
@require_http_methods(["GET", "POST"])
def review_steps_edit(request: PortalRequest, code: str = "") -> HttpResponse:
    """Set the order of a kind; without a code, of all kinds that have none of their own."""
    kind = get_object_or_404(AgreementKind, code=code) if code else None
    order = order_of(kind)
    form = OrderForm(request.POST or None, steps=order.steps, seen=as_seen(order.steps))
    if request.method == "POST" and form.is_valid() and _save(form, order, request):
        messages.success(request, _("Saved. Drafts that are in review keep their steps."))
        return redirect("drafting:review_steps")
    return render(request, "drafting/review_steps_form.html", {"form": form, "order": order})


def _save(form: OrderForm, order: KindOrder, request: PortalRequest) -> bool:
    """Save the order; where someone else saved meanwhile, the next attempt is on purpose."""
    own = [] if request.POST.get("as_others") else form.planned()
    try:
        set_order(order.kind, own, seen=form.cleaned_data["seen"], by=request.user)
    except StaleEdit as error:
        form.see_again(as_seen(order.steps))
        refuse(form, error)
        return False
    except RuleBroken as error:
        refuse(form, error)
        return False
    return True
