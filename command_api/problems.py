"""Which HTTP status each kind of refusal becomes."""

from collections.abc import Mapping

from domain.kernel.errors import (
    DomainError,
    IdempotencyKeyReused,
    Invalid,
    NotFound,
    Rejected,
    TooMuchContention,
    VersionMismatch,
)

STATUS: Mapping[type[DomainError], int] = {
    NotFound: 404,
    Rejected: 409,
    Invalid: 422,
    IdempotencyKeyReused: 422,
    VersionMismatch: 412,
    TooMuchContention: 503,
}
