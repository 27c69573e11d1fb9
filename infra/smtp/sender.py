"""Hands letters to a mail server, over one connection that is kept and made anew."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal, TypeAlias

from opentelemetry.trace import SpanKind

from infra.smtp.message import BadAddress, compose
from infra.smtp.stationery import Stationery, Unreadable
from infra.tracing import span
from processes.ports import Deferred, Delivery, Dispatched, HandedOver, Returned

Security: TypeAlias = Literal["none", "starttls", "tls"]

#: Servers like to repeat the address; a reason is kept for ever and must not hold it.
ADDRESS = re.compile(r"<[^>]*>|\S+@\S+")


class MailServerUnreachable(ConnectionError):
    """The mail server is not there or does not let us in; no letter is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    host: str
    port: int
    security: Security = "none"
    user: str = ""
    password: str = ""
    #: Of each answer, in seconds.
    timeout: float = 5.0
    #: Trusted certificates; the system's own unless told otherwise.
    trust: ssl.SSLContext | None = None


class SmtpMailer:
    """Not for several threads: each worker has its own."""

    def __init__(self, server: MailServer, stationery: Stationery, sender: str) -> None:
        self.server = server
        self.stationery = stationery
        self.sender = sender
        self.connection: smtplib.SMTP | None = None

    def ready(self) -> None:
        """Be connected. Raises ``MailServerUnreachable``."""
        try:
            if self.connection is None or not is_alive(self.connection):
                self.drop()
                self.connection = connect(self.server)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise MailServerUnreachable(
                f"{self.server.host}:{self.server.port}: {type(error).__name__}"
            ) from error

    def send(self, letter: Dispatched) -> Delivery:
        try:
            sheet = self.stationery.write(
                letter.template, letter.addressee.locale, letter.variables
            )
            message = compose(letter, sheet, self.sender)
        except (Unreadable, BadAddress) as error:
            return Returned(scrubbed(f"{type(error).__name__}: {error}"))
        with span("send mail", kind=SpanKind.CLIENT, template=letter.template):
            return self.transmit(message)

    def transmit(self, message: EmailMessage) -> Delivery:
        try:
            self.ready()
            assert self.connection is not None
            self.connection.send_message(message)
        except MailServerUnreachable as error:
            return Deferred(str(error))
        except smtplib.SMTPRecipientsRefused as error:
            [(code, reply)] = error.recipients.values()
            return refused(code, reply)
        except smtplib.SMTPResponseException as error:
            return refused(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            return Returned(scrubbed(str(error)))
        except (OSError, smtplib.SMTPException) as error:
            # It may have arrived: then the next attempt is its twin.
            self.drop()
            return Deferred(f"the connection broke: {type(error).__name__}")
        return HandedOver()

    def close(self) -> None:
        """Take leave, if anybody is still there."""
        if self.connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
        self.drop()

    def drop(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def connect(server: MailServer) -> smtplib.SMTP:
    context = server.trust or ssl.create_default_context()
    connection: smtplib.SMTP
    if server.security == "tls":
        connection = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def is_alive(connection: smtplib.SMTP) -> bool:
    try:
        code, _ = connection.noop()
    except (OSError, smtplib.SMTPException):
        return False
    return code == 250


def refused(code: int, reply: bytes | str) -> Delivery:
    """4xx: later perhaps; 5xx: never (RFC 5321, 4.2.1)."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    reason = scrubbed(f"{code} {text}")
    return Returned(reason) if code >= 500 else Deferred(reason)


def scrubbed(reason: str) -> str:
    return ADDRESS.sub("<…>", " ".join(reason.split()))[:300]
