"""What leaves the system: announcements on the bus, and letters by mail."""

import logging
from zoneinfo import ZoneInfo

from infra.bootstrap import System
from infra.eventstore.follower import Follower
from infra.eventstore.waiting_room import WaitingRoom
from infra.nats.announcer import CINEMA, announcement
from infra.nats.bus import Bus
from infra.nats.publisher import Publisher
from infra.nats.queue import LETTERS, WorkQueue
from infra.postroom import TO_BE_POSTED, Postman, reference
from infra.settings import Settings
from infra.smtp.sender import MailServer, SmtpMailer
from infra.smtp.stationery import Stationery
from processes.posting import Posting

logger = logging.getLogger(__name__)

#: The log of what could not be published.
OUTGOING = "outgoing"


def everything(system: System) -> list[Follower]:
    """All that follows the log outwards, beside the processes."""
    if not system.settings.nats_url:
        logger.warning("Nothing leaves the system: CINEMA_NATS_URL is not set.")
        return []
    shared = bus(system)
    return [
        announcer(system, shared),
        letter_queue(system, shared),
        *postmen(system, shared),
    ]


def bus(system: System) -> Bus:
    """Connects when it is first used."""
    made = Bus(system.settings.nats_url, [CINEMA, LETTERS])
    system.stack.callback(made.close)
    return made


def announcer(system: System, bus: Bus) -> Publisher:
    """Everything that happens, told to everyone."""
    name = "announcer"
    return Publisher(name, system.log, (), announcement, bus, room(system, name))


def letter_queue(system: System, bus: Bus) -> Publisher:
    """Every letter that is ordered, put where the postmen take it from."""
    name, kinds = "letter_queue", TO_BE_POSTED
    return Publisher(name, system.log, kinds, reference, bus, room(system, name))


def room(system: System, name: str) -> WaitingRoom:
    return WaitingRoom(name, system.cinema.beside(OUTGOING), system.clock)


def publishers(system: System) -> list[Publisher]:
    if not system.settings.nats_url:
        return []
    shared = bus(system)
    return [announcer(system, shared), letter_queue(system, shared)]


def postmen(system: System, bus: Bus) -> list[Follower]:
    """Nobody, as long as there is no mail server to hand letters to."""
    if not system.settings.smtp_host:
        logger.warning("Letters wait: CINEMA_SMTP_HOST is not set.")
        return []
    numbers = range(1, system.settings.postmen + 1)
    return [postman(system, bus, f"postman_{number}") for number in numbers]


def postman(system: System, bus: Bus, name: str) -> Postman:
    mailer = smtp_mailer(system.settings)
    system.stack.callback(mailer.close)
    return Postman(
        name=name,
        queue=WorkQueue(bus, "LETTERS", "postmen"),
        mailer=mailer,
        posting=Posting(
            mailer, system.access.addresses, system.access.links, system.clock
        ),
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
