"""Text leaves compressed where the browser can read it; pictures and files keep their length."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from core.middleware import CompressedPages

LONG = "成都市" * 400


def answered(rf, answer, accepts="gzip, br"):
    return CompressedPages(lambda request: answer)(rf.get("/", headers={"Accept-Encoding": accepts}))


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "image/svg+xml", "text/calendar"])
def test_text_is_compressed(rf, kind):
    answer = answered(rf, HttpResponse(LONG, content_type=kind))

    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert len(answer.content) < 400
    assert gzip.decompress(answer.content).decode() == LONG


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", ""])
def test_what_is_compressed_by_itself_is_not(rf, kind):
    answer = answered(rf, HttpResponse(LONG, headers={"Content-Type": kind}))

    assert not answer.has_header("Content-Encoding")
    assert answer.content.decode() == LONG


def test_whoever_cannot_read_it_gets_plain_text(rf):
    assert not answered(rf, HttpResponse(LONG), accepts="").has_header("Content-Encoding")


def test_what_is_written_as_it_goes_is_left_alone(rf):
    answer = answered(rf, StreamingHttpResponse([LONG], content_type="text/csv"))

    assert not answer.has_header("Content-Encoding")
    assert b"".join(answer.streaming_content).decode() == LONG
