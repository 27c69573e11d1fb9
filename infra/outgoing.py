"""What leaves the system: announcements on the bus, and letters by mail."""

from zoneinfo import ZoneInfo

from infra.bootstrap import System
from infra.eventstore.follower import Follower
from infra.eventstore.tracking import tracking
from infra.nats.announcer import CINEMA, announcement
from infra.nats.bus import Bus
from infra.nats.publisher import Publisher
from infra.nats.queue import LETTERS, WorkQueue
from infra.postroom import TO_BE_POSTED, Postman, reference
from infra.settings import Settings
from infra.smtp.sender import MailServer, SmtpMailer
from infra.smtp.stationery import Stationery
from processes.ports import AddressBook, Links
from processes.posting import posting


def bus(system: System) -> Bus:
    """Connects when it is first used."""
    made = Bus(system.settings.nats_url, [CINEMA, LETTERS])
    system.stack.callback(made.close)
    return made


def announcer(system: System, bus: Bus) -> Follower:
    """Everything that happens, told to everyone."""
    name = "announcer"
    told = tracking(name, system.settings.library, system.stack)
    return Publisher(name, system.log, (), announcement, bus, told)


def letter_queue(system: System, bus: Bus) -> Follower:
    """Every letter that is ordered, put where the postmen take it from."""
    name = "letter_queue"
    put = tracking(name, system.settings.library, system.stack)
    return Publisher(name, system.log, TO_BE_POSTED, reference, bus, put)


def postmen(
    system: System, bus: Bus, addresses: AddressBook, links: Links
) -> list[Follower]:
    return [
        postman(system, bus, addresses, links, f"postman_{number}")
        for number in range(1, system.settings.postmen + 1)
    ]


def postman(
    system: System, bus: Bus, addresses: AddressBook, links: Links, name: str
) -> Postman:
    mailer = smtp_mailer(system.settings)
    system.stack.callback(mailer.close)
    return Postman(
        name=name,
        queue=WorkQueue(bus, "LETTERS", "postmen"),
        mailer=mailer,
        posting=posting(mailer, addresses, links, system.clock),
        cinema=system.cinema,
        clock=system.clock,
    )


def smtp_mailer(settings: Settings) -> SmtpMailer:
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
    )
    zone = ZoneInfo(settings.mail_time_zone)
    stationery = Stationery(settings.public_url, zone)
    return SmtpMailer(server, stationery, settings.mail_from)
