"""There and back again: to a provider, and home with a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from command_api.identity import Device, Grant
from command_api.openid import (
    Answer,
    Departure,
    InvalidFlow,
    ProviderRefused,
    UnknownProvider,
)
from domain.account.commands import AccountCommand, LinkIdentity, VerifyEmail
from domain.kernel.messages import Metadata
from domain.kernel.values import AccountId
from infra.identity.accounts import AccountRow
from infra.identity.oidc.flows import Flow, Flows
from infra.identity.oidc.identities import IdentityRow
from infra.identity.oidc.linking import Linking, Told, told
from infra.identity.oidc.provider import Provider
from infra.identity.sign_in import SigningIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Journeys:
    providers: Mapping[str, Provider]
    flows: Flows
    linking: Linking
    sign_in: SigningIn
    public_url: str

    @property
    def names(self) -> Sequence[str]:
        return sorted(self.providers)

    def depart(self, provider: str, account_id: UUID | None = None) -> Departure:
        asked = self.provider(provider)
        flow = self.flows.begin(provider, account_id)
        url = asked.authorization_url(flow, self.redirect_uri(provider))
        return Departure(url, flow.cookie)

    def arrive(self, provider: str, answer: Answer, device: Device) -> Grant:
        asked = self.provider(provider)
        flow = self.flows.take(provider, answer.state, answer.cookie)
        if flow is None:
            raise InvalidFlow
        if answer.error is not None or answer.code is None:
            raise ProviderRefused(provider)
        claims = asked.identify(
            answer.code, answer.issuer, flow, self.redirect_uri(provider)
        )
        authoritative = asked.configured.authoritative
        heard = told(provider, claims, authoritative=authoritative)
        identity = self.link(heard, flow)
        account = self.account(identity)
        self.record(identity, heard, account)
        return self.sign_in.start(account, provider, device)

    def link(self, heard: Told, flow: Flow) -> IdentityRow:
        if flow.account_id is not None:
            return self.linking.to_signed_in(heard, flow.account_id)
        return self.linking.to_anybody(heard)

    def account(self, identity: IdentityRow) -> AccountRow:
        row = self.linking.accounts.by_id(identity.account_id)
        assert row
        return row

    def record(self, identity: IdentityRow, heard: Told, account: AccountRow) -> None:
        """At every sign-in: what a crash has kept from the log is told it then."""
        self.sign_in.recorder.record(account)
        account_id, now = AccountId(account.account_id), self.sign_in.clock()
        commands: list[AccountCommand] = [
            LinkIdentity(
                account_id=account_id,
                identity_id=identity.identity_id,
                provider=identity.provider,
                now=now,
            )
        ]
        is_same = (account.email or "").lower() == (heard.email or "").lower()
        if heard.is_proof and is_same:
            commands.append(VerifyEmail(account_id=account_id, now=now))
        for command in commands:
            step = f"{type(command).__name__} {account.email}"
            message_id = uuid5(identity.identity_id, step)
            metadata = Metadata.root(message_id, actor=str(account_id))
            self.sign_in.dispatch(command, metadata)

    def provider(self, name: str) -> Provider:
        """Raises ``UnknownProvider``."""
        if name not in self.providers:
            raise UnknownProvider
        return self.providers[name]

    def redirect_uri(self, provider: str) -> str:
        return f"{self.public_url.rstrip('/')}/auth/v1/oidc/{provider}/callback"
