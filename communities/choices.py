"""Fixed words of the work of communities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganKind(models.TextChoices):
    COUNCIL = "council", _("Council")
    STANDING = "standing", _("Standing council")
    LEADING_GROUP = "leading_group", _("Leading group")
    SECRETARIAT = "secretariat", _("Secretariat")
    EXPERTS = "experts", _("Expert committee")
    COMMITTEE = "committee", _("Special committee")
    WORK_GROUP = "work_group", _("Work group")


class SeatRole(models.TextChoices):
    PRESIDENT = "president", pgettext_lazy("organ", "President")
    VICE_PRESIDENT = "vice_president", pgettext_lazy("organ", "Vice-president")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-general")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary-general")
    HEAD = "head", pgettext_lazy("organ", "Head")
    MEMBER = "member", pgettext_lazy("organ", "Member")


class RequestState(models.TextChoices):
    """What became of a member's wish to use what another shares."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", pgettext_lazy("shared resource", "Granted")
    REFUSED = "refused", pgettext_lazy("shared resource", "Refused")
    OVER = "over", pgettext_lazy("shared resource", "Over")
    WITHDRAWN = "withdrawn", pgettext_lazy("shared resource", "Withdrawn")


class ListKind(models.TextChoices):
    """The three lists of 教职成厅函〔2024〕20号."""

    PRODUCTS = "products", _("Core products")
    TECHNOLOGY = "technology", _("Technology needs")
    TALENT = "talent", _("Talent needs")


# What may become of a wish; the office answers, the member may take it back.
NEXT_REQUEST: dict[RequestState, frozenset[RequestState]] = {
    RequestState.ASKED: frozenset({RequestState.GRANTED, RequestState.REFUSED, RequestState.WITHDRAWN}),
    RequestState.GRANTED: frozenset({RequestState.OVER, RequestState.WITHDRAWN}),
    RequestState.REFUSED: frozenset(),
    RequestState.OVER: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}


class MemberLinkState(models.TextChoices):
    """What a representative finds who opens their link."""

    OPEN = "open", pgettext_lazy("link", "Holds")
    EXPIRED = "expired", pgettext_lazy("link", "Expired")
    REVOKED = "revoked", pgettext_lazy("link", "Withdrawn")
    LEFT = "left", pgettext_lazy("link", "No longer a representative")
