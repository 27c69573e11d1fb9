"""Everything about identity, connected."""

from dataclasses import dataclass

from command_api.identity import Identity
from domain.kernel.messages import Clock
from infra.eventstore.cinema import Cinema
from infra.identity.access_tokens import AccessTokens
from infra.identity.accounts import Accounts
from infra.identity.authentication import Authentication
from infra.identity.directory import PostgresDirectory
from infra.identity.hashing import Hashing
from infra.identity.letters import EmailAddresses, OneTimeLinks
from infra.identity.oidc.flows import Flows
from infra.identity.oidc.identities import Identities
from infra.identity.oidc.journeys import Journeys
from infra.identity.oidc.linking import Linking
from infra.identity.oidc.provider import Provider
from infra.identity.one_time_tokens import OneTimeTokens
from infra.identity.passwords import PasswordChanges
from infra.identity.registration import Recorder, Registering
from infra.identity.sealing import sealing_for
from infra.identity.sessions import Sessions
from infra.identity.sign_in import SigningIn
from infra.identity.signing_keys import SigningKeys
from infra.identity.standings import LoggedStandings
from infra.identity.throttle import Attempts, Rate
from infra.projection_engine.postgres import Pool
from infra.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What the composition root hands on to the applications and the processes."""

    identity: Identity
    open_id: Journeys
    authenticate: Authentication
    accounts: Accounts
    standings: LoggedStandings
    registering: Registering
    addresses: EmailAddresses
    links: OneTimeLinks
    directory: PostgresDirectory
    keys: SigningKeys
    hashing: Hashing
    attempts: Attempts


def assemble_access(
    settings: Settings, pool: Pool, cinema: Cinema, clock: Clock, wall_clock: Clock
) -> Access:
    """``clock`` dates facts and may be moved; tokens live by ``wall_clock``."""
    keys = SigningKeys(pool, sealing_for(settings), wall_clock)
    tokens = AccessTokens(keys, settings.public_url, wall_clock)
    accounts, sessions = Accounts(pool), Sessions(pool, wall_clock)
    standings, hashing = LoggedStandings(cinema), Hashing()
    attempts = Attempts(pool, wall_clock)
    one_time_tokens = OneTimeTokens(pool, wall_clock)
    recorder = Recorder(
        dispatch=cinema.dispatch, clock=clock, wall_clock=wall_clock, accounts=accounts
    )

    def rate(name: str, per_minute: int) -> Rate:
        return Rate(pool, wall_clock, name, per_minute)

    registering = Registering(
        recorder=recorder,
        hashing=hashing,
        tokens=one_time_tokens,
        rate=rate("registration", settings.registrations_per_minute),
        shortest_password=settings.password_min_length,
    )
    sign_in = SigningIn(
        dispatch=cinema.dispatch,
        clock=clock,
        accounts=accounts,
        recorder=recorder,
        sessions=sessions,
        tokens=tokens,
        hashing=hashing,
        standings=standings,
        attempts=attempts,
        rate=rate("sign-in", settings.sign_in_failures_per_minute),
    )
    passwords = PasswordChanges(
        dispatch=cinema.dispatch,
        clock=clock,
        accounts=accounts,
        hashing=hashing,
        tokens=one_time_tokens,
        sign_in=sign_in,
        attempts=attempts,
        rate=rate("password reset", settings.registrations_per_minute),
        shortest=settings.password_min_length,
    )
    open_id = Journeys(
        providers={
            name: Provider(name, each, wall_clock)
            for name, each in settings.oidc.items()
        },
        flows=Flows(pool, wall_clock),
        linking=Linking(
            accounts=accounts,
            identities=Identities(pool, wall_clock),
            standings=standings,
            end_sessions=sign_in.end_sessions,
        ),
        sign_in=sign_in,
        public_url=settings.public_url,
    )
    return Access(
        identity=Identity(
            registration=registering,
            sign_in=sign_in,
            keys=keys,
            standings=standings,
            open_id=open_id,
            passwords=passwords,
            wall_clock=wall_clock,
            is_secure=settings.public_url.startswith("https://"),
        ),
        open_id=open_id,
        authenticate=Authentication(tokens, sessions, standings),
        accounts=accounts,
        standings=standings,
        registering=registering,
        addresses=EmailAddresses(accounts, standings),
        links=OneTimeLinks(one_time_tokens, settings.public_url),
        directory=PostgresDirectory(pool, accounts, wall_clock),
        keys=keys,
        hashing=hashing,
        attempts=attempts,
    )
