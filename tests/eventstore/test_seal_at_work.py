"""Writers, sealers and an auditor, all at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from psycopg import connect

from infra.eventstore.sealing.sealer import seal, seal_everything
from infra.eventstore.sealing.verification import verify
from infra.settings import Settings
from tests.eventstore.sealed import SIZE, fill


def test_a_log_that_grows_meanwhile_is_in_order(postgres: Settings) -> None:
    """Nothing looks like damage."""
    ended = Event()

    def write() -> None:
        fill(postgres, 150)

    def keep_sealing() -> None:
        with connect(postgres.conninfo, autocommit=True) as connection:
            while not ended.is_set():
                seal(connection, SIZE)

    def audit() -> int:
        number = 0
        with connect(postgres.conninfo, autocommit=True) as connection:
            while not ended.is_set():
                verify(connection)
                number += 1
        return number

    with ThreadPoolExecutor(5) as pool:
        audits = pool.submit(audit)
        sealers = [pool.submit(keep_sealing) for _ in range(2)]
        for writer in [pool.submit(write) for _ in range(2)]:
            writer.result()
        ended.set()
        assert audits.result() > 1
        for sealer in sealers:
            sealer.result()
    with connect(postgres.conninfo, autocommit=True) as connection:
        seal_everything(connection, SIZE)
        assert verify(connection).sealed_upto == 300
