"""One saved search, from the task that beat rings to the mail in the student's box."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from following.choices import Frequency
from following.models import SavedSearch
from following.services.searches import save_search
from following.tasks import tell_of_news
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import PostingFactory
from tests.mails import text_of


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_new_posting_reaches_the_student_by_mail_once_and_the_mail_stops_itself(student, smtp_server, settings):
    settings.SITE_URL = "https://portal.example"
    student.language = "zh-hans"
    student.save()
    at = timezone.now() - timedelta(days=1)
    save_search(name="成都调色", query="find=调色", frequency=Frequency.AT_ONCE, by=student, at=at)
    enterprise = EnterpriseFactory(legal_name="汇润集团")
    posting = PostingFactory(
        title="影视调色师", published_at=timezone.now(), enterprise=enterprise, opens_on=None, city="成都"
    )

    tell_of_news()
    tell_of_news()

    (mail,) = smtp_server.messages
    assert smtp_server.recipients == [[student.email]]
    assert "成都调色" in mail["Subject"]
    assert mail["Content-Language"] == "zh-hans"
    text = text_of(mail)
    assert "影视调色师" in text
    assert "汇润集团 · 成都 · " in text
    assert f"https://portal.example/postings/{posting.pk}/" in text
    (stop,) = re.findall(r"https://portal\.example(/following/stop/\S+)", text)

    Client().post(stop)
    PostingFactory(title="调色助理", published_at=timezone.now(), opens_on=None)
    tell_of_news()

    assert SavedSearch.objects.get().frequency == Frequency.NEVER
    assert len(smtp_server.messages) == 1
