"""Reading mails that were sent: each says the same as text and as HTML."""

from email.message import EmailMessage


def text_of(mail: EmailMessage) -> str:
    """The text, with the line breaks of this machine."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
