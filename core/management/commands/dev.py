"""The whole portal for its developers: reloading, with the debug toolbar."""

from __future__ import annotations

from core.management.commands.up import Command as Up


class Command(Up):
    help = "Like `up`, with Django's reloading web server, DEBUG and the debug toolbar; logs come to the terminal."
    reload = True
