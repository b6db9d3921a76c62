"""Way in for gunicorn."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
import_module("pypinyin")  # read when a web worker starts (core.pinyin), so that no search waits for it
