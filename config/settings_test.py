"""What tests change: a fast hasher, temporary folders; servers come from tests/conftest.py."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 40)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SECURE", "false")
os.environ.setdefault("DEMO", "true")
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("MAIL_IS_CAUGHT", "true")  # on loopback, by each test's own server
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:1")

from config import environment as env  # noqa: E402
from config.settings import *  # noqa: E402,F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "MEDIA_ROOT" not in os.environ:  # a worker process shares the folder of its test
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="files-", dir=VAR_DIR))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
BOARDS_WORN = 0  # every opening counts anew; tests of keeping say otherwise
CELERY_TASK_ALWAYS_EAGER = env.boolean("TASKS_AT_ONCE", default=True)
CELERY_TASK_EAGER_PROPAGATES = True
