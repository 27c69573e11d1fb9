"""What a personal field costs an event, beside a plain one and the library's cipher.

One process, no database: from an event to the bytes that are stored, and back. Rounds
alternate; medians and ranges. Ratios first, they travel between machines.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import msgspec
from eventsourcing.cipher import AESCipher
from eventsourcing.utils import Environment

from benchmarks.report import Options, alone, progress, ratios, spread, table
from domain.account.events import ProfileNamed, TimeZoneChosen
from domain.kernel.values import AccountId
from infra.eventstore.mapper import CODECS, DECODERS, ENCODER, facts_of
from infra.eventstore.moments import packed
from infra.personal.ciphers import AesKey, new_key
from infra.personal.codec import ENCODER as PLAIN
from infra.personal.memory import MemoryKeys

EVENTS, PERSONS, ROUNDS = 5_000, 500, 7
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

Times = dict[str, list[float]]


def main(chosen: Options) -> str:
    keys = MemoryKeys()
    accounts = [AccountId(uuid4()) for _ in range(PERSONS)]
    tasks = {**reading(keys, accounts), **writing(keys, accounts), **ciphers()}
    times: Times = {name: [] for name in tasks}
    for task in tasks.values():
        task()  # Warm.
    for round_ in range(chosen.rounds if chosen.quick else ROUNDS):
        progress(f"personal, round {round_ + 1}")
        for name, task in tasks.items():
            began = perf_counter()
            task()
            times[name].append((perf_counter() - began) / EVENTS * 1e6)
    progress("")
    return report(times)


def reading(
    keys: MemoryKeys, accounts: list[AccountId]
) -> Mapping[str, Callable[[], Any]]:
    codec, plain = CODECS["ProfileNamed"], DECODERS["TimeZoneChosen"]
    zones, names = [], []
    for number in range(EVENTS):
        who = accounts[number % PERSONS]
        zone = ENCODER.encode(zone_of(who))
        name = codec.encode(name_of(who), f"account-{who}", number, keys)
        about = (number, b"{}", packed(NOON))
        zones.append((f"account-{who}", number, "TimeZoneChosen", zone, *about))
        names.append((f"account-{who}", number, "ProfileNamed", name, *about))
    shredded = MemoryKeys()
    shredded.keys = dict.fromkeys(keys.keys)

    def page(rows: list[Any], held: MemoryKeys) -> Callable[[], Any]:
        def read() -> None:
            facts_of(rows, held)

        return read

    return {
        "read plain, bare decoder": lambda: [plain(row[3]) for row in zones],
        "read plain": page(zones, keys),
        "read personal": page(names, keys),
        "read personal, erased": page(names, shredded),
    }


def writing(
    keys: MemoryKeys, accounts: list[AccountId]
) -> Mapping[str, Callable[[], Any]]:
    codec = CODECS["ProfileNamed"]
    zones = [zone_of(accounts[n % PERSONS]) for n in range(EVENTS)]
    names = [name_of(accounts[n % PERSONS]) for n in range(EVENTS)]

    def write() -> None:
        for number, event in enumerate(names):
            codec.encode(event, f"account-{event.account_id}", number, keys)

    return {
        "write plain": lambda: [ENCODER.encode(event) for event in zones],
        "write personal": write,
    }


def ciphers() -> Mapping[str, Callable[[], Any]]:
    """Of the whole payload, as the library does it; and AES without all else."""
    name = "Benchmark"
    secret = AESCipher.create_key(32)
    cipher = AESCipher(Environment(name, {"CIPHER_KEY": secret}))
    whole = PLAIN.encode(zone_of(AccountId(UUID(int=1))))
    encrypted = cipher.encrypt(whole)
    raw = new_key()
    key = AesKey(raw)
    sealed = key.seal(whole, b"place")
    decoder = msgspec.json.Decoder(TimeZoneChosen)
    every = range(EVENTS)
    return {
        "read with the library's cipher": lambda: [
            decoder.decode(cipher.decrypt(encrypted)) for _ in every
        ],
        "write with the library's cipher": lambda: [
            cipher.encrypt(whole) for _ in every
        ],
        "AES-GCM alone, key kept": lambda: [key.open(sealed, b"place") for _ in every],
        "AES-GCM alone, key set up anew": lambda: [
            AesKey(raw).open(sealed, b"place") for _ in every
        ],
    }


def zone_of(who: AccountId) -> TimeZoneChosen:
    return TimeZoneChosen(account_id=who, time_zone="Анна Иванова", chosen_at=NOON)


def name_of(who: AccountId) -> ProfileNamed:
    return ProfileNamed(account_id=who, name="Анна Иванова", named_at=NOON)


def report(times: Times) -> str:
    pairs = {
        "read: personal / plain": ("read personal", "read plain"),
        "read: library's cipher / personal": (
            "read with the library's cipher",
            "read personal",
        ),
        "write: personal / plain": ("write personal", "write plain"),
        "write: library's cipher / personal": (
            "write with the library's cipher",
            "write personal",
        ),
        "AES-GCM: set up anew / kept": (
            "AES-GCM alone, key set up anew",
            "AES-GCM alone, key kept",
        ),
    }
    found = [
        [name, spread(ratios(times[a], times[b]))] for name, (a, b) in pairs.items()
    ]
    rows = [[name, spread(each)] for name, each in times.items()]
    return f"{table(['', 'ratio'], found)}\n{table(['', 'µs an event'], rows)}"


if __name__ == "__main__":
    alone(main)
