"""The mail sink as a process: what it has accepted, it shows."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP

import pytest

from tests.mail import HOST, Sink


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    sink = Sink(tmp_path)
    sink.start()
    yield sink
    assert sink.child is not None
    sink.child.stop()


def send(sink: Sink, subject: str, to: str = "reader@example.org") -> None:
    message = EmailMessage()
    message["From"], message["To"] = "cinema@example.org", to
    message["Subject"] = subject
    message["Message-ID"] = f"<{len(subject)}@example.org>"
    message.set_content("Привет\n")
    message.add_alternative("<p>Привет <script>alert(1)</script></p>", subtype="html")
    with SMTP(HOST, sink.smtp_port, timeout=5) as connection:
        connection.send_message(message)


def test_shows_what_was_sent_the_newest_first(sink: Sink) -> None:
    send(sink, "Первое")
    send(sink, "Второе письмо")
    newest, oldest = sink.messages()
    assert (oldest["subject"], newest["subject"]) == ("Первое", "Второе письмо")
    assert newest["from"] == "cinema@example.org"
    assert newest["to"] == "reader@example.org"
    assert newest["text"] == "Привет\n"
    assert newest["html"].startswith("<p>Привет")
    assert newest["message_id"] == "<13@example.org>"
    assert sink.get(f"/messages/{newest['id']}").json() == newest


def test_shows_one_persons_mail(sink: Sink) -> None:
    send(sink, "one", "one@example.org")
    send(sink, "two", "two@example.org")
    found = sink.get("/messages?to=ONE@example.org&limit=5").json()
    assert [mail["subject"] for mail in found] == ["one"]


def test_forgets_nothing_when_it_is_killed(sink: Sink) -> None:
    send(sink, "kept")
    before = sink.messages()
    sink.kill()
    sink.start()
    assert sink.messages() == before


def test_a_person_sees_mail_that_can_do_nothing(sink: Sink) -> None:
    send(sink, "<b>bold</b>")
    [mail] = sink.messages()
    listed, shown = sink.get("/"), sink.get(f"/messages/{mail['id']}/view")
    for page in (listed, shown):
        assert page.status_code == 200
        assert "&lt;b&gt;bold&lt;/b&gt;" in page.text
        assert "script" not in page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "<iframe sandbox src=" in shown.text
    letter = sink.get(f"/messages/{mail['id']}/html")
    assert letter.headers["Content-Security-Policy"].startswith("sandbox;")


def test_there_is_no_such_message(sink: Sink) -> None:
    for path in ("/messages/no-such", "/messages/no-such/view", "/nowhere"):
        assert sink.get(path).status_code == 404
