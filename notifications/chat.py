"""Chat groups' robots, through one library that knows their addresses and forms."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import apprise
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import mail_guard
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import ChatRobot
from notifications.outcomes import Kept, Problem
from notifications.texts import around

# Seconds to reach a robot, and to wait for its answer.
REACHED_WITHIN, ANSWERED_WITHIN = 4, 10


def robot_of(address: str) -> Any | None:
    """The library's object for a robot's address as the chat shows it; None when it is of no service that is allowed.

    Only services with a fixed host are (settings.CHAT_SERVICES): nobody makes the portal call the school's own network.
    """
    asset = apprise.AppriseAsset(async_mode=False, app_id="portal", plugin_paths=[])
    robot: Any = apprise.Apprise.instantiate(_as_the_library_writes_it(address), asset=asset, suppress_exceptions=True)
    if robot is None or not set(_schemas(robot)) & set(settings.CHAT_SERVICES):
        return None
    robot.socket_connect_timeout, robot.socket_read_timeout = REACHED_WITHIN, ANSWERED_WITHIN
    return robot


def _as_the_library_writes_it(address: str) -> str:
    """Addresses as DingTalk and Feishu show them; the others' the library knows."""
    parts = urlsplit(address)
    if parts.hostname == "oapi.dingtalk.com":
        return f"dingtalk://{''.join(parse_qs(parts.query).get('access_token', []))}"
    if parts.hostname == "open.feishu.cn":
        return f"feishu://{parts.path.rpartition('/')[2]}"
    return address


def _schemas(robot: Any) -> list[str]:
    names = [robot.protocol, robot.secure_protocol]
    return [word for name in names if name for word in ([name] if isinstance(name, str) else name)]


def say(message: OutgoingMessage) -> None:
    """Raises Problem when the robot does not take it, and Kept outside production."""
    found = ChatRobot.objects.filter(user=message.recipient_id).first()
    if found is None:
        raise _problem(_("No robot is named any more."), is_final=True)
    if not mail_guard.is_open():
        raise Kept
    robot = robot_of(found.address)
    if robot is None:
        raise _problem(_("The address of the robot is not one that the portal knows."), is_final=True)
    link = around(message)["link"]
    text = f"{message.body}\n\n{link}".strip() if link else message.body
    if not robot.notify(body=text, title=message.subject):
        _note(found, works=False)
        raise _problem(_("The robot could not be reached, or did not take the message."))
    _note(found, works=True)


def _note(robot: ChatRobot, *, works: bool) -> None:
    """Its owner reads beside the address that it does not work."""
    with translation.override(settings.LANGUAGE_CODE):
        error = "" if works else _("The robot could not be reached, or did not take the message.")
    if robot.error != error:
        robot.error = error
        robot.save(update_fields=["error"])


def _problem(words: str, *, is_final: bool = False) -> Problem:
    return Problem(words, reason="chat", is_final=is_final)
