"""Password hashes of the old site, as werkzeug wrote them: ``method$salt$hex``.

They verify once: whoever signs in with one gets an argon2id hash in its place.
"""

import hmac
from hashlib import pbkdf2_hmac, scrypt

#: What pbkdf2 without a number meant (werkzeug < 2.3).
USUAL_ITERATIONS = 150_000
#: A row that asks for more than this is no hash but an attack on our processors.
MOST_ITERATIONS, MOST_MEMORY = 2_000_000, 64 * 1024 * 1024


def is_legacy(password_hash: str) -> bool:
    return password_hash.startswith(("pbkdf2:", "scrypt:"))


def verify(password: str, password_hash: str) -> bool:
    try:
        method, salt, expected = password_hash.split("$")
        key = derived(method.split(":"), password.encode(), salt.encode())
        return hmac.compare_digest(key, bytes.fromhex(expected))
    except ValueError:
        return False


def derived(method: list[str], password: bytes, salt: bytes) -> bytes:
    """Raises ``ValueError`` for a method that the old site did not have."""
    match method:
        case ["pbkdf2", "sha256", *rest]:
            iterations = int(rest[0]) if rest else USUAL_ITERATIONS
            if not 0 < iterations <= MOST_ITERATIONS:
                raise ValueError(iterations)
            return pbkdf2_hmac("sha256", password, salt, iterations)
        case ["scrypt", n, r, p]:
            needed = 132 * int(n) * int(r) * int(p)
            if needed > MOST_MEMORY:
                raise ValueError(needed)
            return scrypt(
                password, salt=salt, n=int(n), r=int(r), p=int(p), maxmem=needed
            )
        case _:
            raise ValueError(method)
