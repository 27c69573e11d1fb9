"""The keys that access tokens are signed with (ES256), kept for all processes alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import ECKey, KeyParameters
from psycopg.types.json import Jsonb

from command_api.dependencies import new_id
from domain.kernel.messages import Clock
from infra.identity.fresh import Fresh
from infra.identity.sealing import Sealing
from infra.projection_engine.postgres import Pool

ALGORITHM = "ES256"
#: A retired key is published as long as a token could live that it has signed.
STILL_PUBLISHED = timedelta(hours=1)
#: How long other processes may go on signing with a key that was retired.
SECONDS = 30.0
#: How long a process may go on without asking which keys are published.
PAUSE = 1.0

LOCK = "SELECT pg_advisory_xact_lock(hashtext('cinema signing key'))"
NEWEST = """
SELECT kid, public_key, sealed FROM identity.signing_key
WHERE retired_at IS NULL ORDER BY created_at DESC, kid DESC
"""
PUBLISHED = """
SELECT public_key FROM identity.signing_key
WHERE retired_at IS NULL OR retired_at > %s ORDER BY created_at DESC, kid DESC
"""
ADD = """
INSERT INTO identity.signing_key (kid, public_key, sealed, created_at)
VALUES (%s, %s, %s, %s)
"""
RETIRE = "UPDATE identity.signing_key SET retired_at = %s WHERE retired_at IS NULL"


@dataclass(frozen=True, slots=True)
class Signer:
    kid: str
    key: ECKey


class SigningKeys:
    def __init__(self, pool: Pool, sealing: Sealing, wall_clock: Clock) -> None:
        self.pool = pool
        self.sealing = sealing
        self.wall_clock = wall_clock
        self.fresh_signer: Fresh[None, Signer] = Fresh(self.find_signer, SECONDS)
        self.fresh_keys: Fresh[None, Mapping[str, ECKey]]
        self.fresh_keys = Fresh(self.find_keys, PAUSE)

    def signer(self) -> Signer:
        return self.fresh_signer(None)

    def verifier(self, kid: str) -> ECKey | None:
        if kid not in self.fresh_keys(None):
            self.fresh_keys.forget()  # Another process may have made one just now.
        return self.fresh_keys(None).get(kid)

    def published(self) -> Mapping[str, Any]:
        keys = self.fresh_keys(None).values()
        return {"keys": [key.as_dict(private=False) for key in keys]}

    def rotate(self) -> str:
        """Sign with a new key from now on; the old one can still be verified with."""
        now = self.wall_clock()
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(LOCK)
            connection.execute(RETIRE, (now,))
            kid = self.add(connection, now).kid
        self.fresh_signer.forget()
        self.fresh_keys.forget()
        return kid

    def find_signer(self, _: None) -> Signer:
        """Makes one if there is none, or none that can be unsealed here."""
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(LOCK)
            for kid, _public, sealed in connection.execute(NEWEST).fetchall():
                if plain := self.sealing.unseal(sealed, kid):
                    return Signer(kid, ECKey.import_key(plain, {"kid": kid}))
            return self.add(connection, self.wall_clock())

    def find_keys(self, _: None) -> Mapping[str, ECKey]:
        since = self.wall_clock() - STILL_PUBLISHED
        with self.pool.connection() as connection:
            rows = connection.execute(PUBLISHED, (since,)).fetchall()
        keys = [ECKey.import_key(public) for (public,) in rows]
        return {str(key.kid): key for key in keys}

    def add(self, connection: Any, now: datetime) -> Signer:
        kid = str(new_id())
        parameters: KeyParameters = {"kid": kid, "use": "sig", "alg": ALGORITHM}
        key = ECKey.generate_key("P-256", parameters, private=True)
        public = Jsonb(key.as_dict(private=False))
        sealed = self.sealing.seal(key.as_pem(private=True), kid)
        connection.execute(ADD, (kid, public, sealed, now))
        return Signer(kid, key)
