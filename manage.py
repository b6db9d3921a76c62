#!/usr/bin/env python3
"""Django's commands; starts the embedded servers first when no server is configured."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from core import embedded
from core.translations import compile_catalogues

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.chdir(Path(__file__).resolve().parent)  # Celery and gunicorn find the project from here
    compile_catalogues()  # before Django reads them, and keeps what it read
    embedded.configure_environment(sys.argv)
    execute_from_command_line(sys.argv)
