#!/usr/bin/env python3
"""Django's commands; starts the embedded servers first when no server is configured."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from core import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.chdir(Path(__file__).resolve().parent)  # Celery and gunicorn find the project from here
    embedded.configure_environment(sys.argv)
    execute_from_command_line(sys.argv)
