"""Modules by aggregate; import models from the module that holds them."""

from notifications.models import messages, preferences, reminding

__all__ = ["messages", "preferences", "reminding"]
