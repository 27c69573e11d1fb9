"""Handing letters to a mail server, and what it may answer."""

import ssl
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from domain.kernel.values import Locale
from infra.smtp.sender import MailServer, MailServerUnreachable, SmtpMailer
from processes.ports import Addressee, Deferred, Dispatched, HandedOver, Returned
from tests.certificates import self_signed
from tests.conftest import free_port
from tests.examples import NOON, example
from tests.examples.mailing import LETTER, RECEIPT
from tests.mail import FROM, STATIONERY, scripted

TO = "reader@example.org"
USER, PASSWORD = "cinema", "let me in"


letter = example(
    Dispatched,
    letter_id=LETTER,
    template="payment-succeeded",
    variables=RECEIPT,
    addressee=Addressee(TO, "ru"),
    date=NOON,
)


def test_a_letter_is_a_proper_message() -> None:
    with scripted() as script:
        assert script.mailer().send(letter()) == HandedOver()
    [message] = script.received
    assert message["From"] == FROM
    assert message["To"] == TO
    assert message["Subject"] == "Оплата прошла"
    assert message["Message-ID"] == f"<{LETTER}@cinema.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"]) == NOON
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "399,00" in text.get_content()
    assert "399,00" in html.get_content()
    assert not message.defects


def test_headers_are_ascii_on_the_wire() -> None:
    with scripted() as script:
        script.mailer().send(letter())
    raw = script.received[0].as_bytes()
    head = raw.partition(b"\n\n")[0]
    assert head.isascii()
    assert b"=?utf-8?" in head


def test_a_letter_is_written_in_its_readers_language() -> None:
    subjects: dict[Locale, str] = {"ru": "Оплата прошла", "en": "Payment received"}
    with scripted() as script:
        for locale in subjects:
            script.mailer().send(letter(addressee=Addressee(TO, locale)))
    assert [message["Subject"] for message in script.received] == [*subjects.values()]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 4.3.0 try later", Deferred("451 4.3.0 try later")),
        ("552 5.2.2 too big", Returned("552 5.2.2 too big")),
        ("RCPT 450 4.2.1 busy", Deferred("450 4.2.1 busy")),
        (f"RCPT 550 5.1.1 <{TO}> unknown", Returned("550 5.1.1 <…> unknown")),
        (f"RCPT 550 no mailbox {TO} here", Returned("550 no mailbox <…> here")),
    ],
)
def test_4xx_is_for_later_and_5xx_is_for_ever(answer: str, outcome: object) -> None:
    with scripted(answer) as script:
        sender = script.mailer()
        assert sender.send(letter()) == outcome
        assert not script.received
        assert sender.send(letter()) == HandedOver(), "the connection still works"


def test_an_answer_that_is_lost_is_asked_for_again_with_the_same_id() -> None:
    with scripted("hang up") as script:
        sender = script.mailer()
        assert isinstance(sender.send(letter()), Deferred)
        assert sender.send(letter()) == HandedOver()
    first, second = script.received
    assert first["Message-ID"] == second["Message-ID"]


def test_a_connection_that_was_lost_meanwhile_is_made_anew() -> None:
    with scripted() as script:
        sender = script.mailer()
        sender.send(letter())
        assert sender.connection is not None
        assert sender.connection.sock is not None
        sender.connection.sock.close()
        assert sender.send(letter()) == HandedOver()


def test_a_server_that_is_not_there_is_not_the_letters_fault() -> None:
    nowhere = MailServer(host="127.0.0.1", port=free_port(), timeout=1)
    sender = SmtpMailer(nowhere, STATIONERY, FROM)
    with pytest.raises(MailServerUnreachable, match="ConnectionRefusedError"):
        sender.ready()


@pytest.mark.parametrize(
    "address",
    [f"{TO}\r\nBcc: everyone@example.org", "reader", "a b@example.org", "@example.org"],
)
def test_nobody_breaks_out_of_a_header(address: str) -> None:
    with scripted() as script:
        outcome = script.mailer().send(letter(addressee=Addressee(address, "ru")))
    assert isinstance(outcome, Returned)
    assert address not in outcome.reason
    assert not script.received


def test_a_domain_in_another_script_is_spelled_as_mail_wants_it() -> None:
    with scripted() as script:
        script.mailer().send(letter(addressee=Addressee("reader@кино.рф", "ru")))
    assert script.recipients == ["reader@xn--h1adke.xn--p1ai"]


def test_a_letter_that_cannot_be_written_is_returned() -> None:
    with scripted() as script:
        outcome = script.mailer().send(letter(variables={}))
    assert isinstance(outcome, Returned)
    assert "undefined" in outcome.reason
    assert not script.received


def authenticate(
    _server: SMTP, _: Session, _e: Envelope, _m: str, data: LoginPassword
) -> AuthResult:
    known = (USER.encode(), PASSWORD.encode())
    return AuthResult(success=(data.login, data.password) == known)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_signs_in_over_starttls(certificate: Path, password: str) -> None:
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    ours = ssl.create_default_context(cafile=certificate)
    with scripted(
        tls_context=theirs,
        require_starttls=True,
        authenticator=authenticate,
        auth_required=True,
    ) as script:
        sender = script.mailer(
            security="starttls", user=USER, password=password, trust=ours
        )
        if password != PASSWORD:
            with pytest.raises(MailServerUnreachable, match="SMTP"):
                sender.ready()
            return
        assert sender.send(letter()) == HandedOver()
        assert len(script.received) == 1


def test_a_server_nobody_vouches_for_is_told_nothing(certificate: Path) -> None:
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    with scripted(tls_context=theirs) as script:
        sender = script.mailer(security="starttls")
        with pytest.raises(MailServerUnreachable, match="Cert"):
            sender.ready()


def test_a_letter_sent_twice_is_the_same_message() -> None:
    with scripted() as script:
        for date in (NOON, NOON + timedelta(hours=1)):
            script.mailer().send(letter(date=date))
    ids = {message["Message-ID"] for message in script.received}
    assert len(script.received) == 2
    assert len(ids) == 1
