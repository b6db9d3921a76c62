"""The portal's Celery application is the one that every thread finds."""

import subprocess
import sys

from core.embedded import ROOT

# Some library has made an application of its own first, as a plugin of the tests does.
ASK_IN_A_THREAD = """
import threading
from celery import Celery, current_app
other = Celery("other")
import django
django.setup()
thread = threading.Thread(target=lambda: print(current_app.main, current_app.conf.broker_url))
thread.start()
thread.join()
"""


def test_a_thread_of_the_web_server_rings_the_portals_own_broker():
    asked = subprocess.run([sys.executable, "-c", ASK_IN_A_THREAD], cwd=ROOT, capture_output=True, text=True)

    name, broker = asked.stdout.split()
    assert name == "portal", asked.stderr
    assert broker.startswith("redis")
