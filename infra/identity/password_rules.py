"""Which passwords are good enough: long and hard to guess (NIST SP 800-63B)."""

from zxcvbn import zxcvbn

from command_api.identity import WeakPassword

LONGEST = 128
LONGEST_BYTES = 1024
#: Of 4: "safely unguessable: moderate protection from offline slow-hash scenario".
GOOD_ENOUGH = 3
#: zxcvbn's time grows with the square of the length; this much says enough.
LOOKED_AT = 72


def is_hashable(password: str) -> bool:
    return len(password.encode()) <= LONGEST_BYTES


def check(password: str, email: str, shortest: int) -> None:
    """Raises ``WeakPassword``."""
    if len(password) < shortest:
        raise WeakPassword(f"A password has at least {shortest} characters.")
    if len(password) > LONGEST or not is_hashable(password):
        raise WeakPassword(f"A password has at most {LONGEST} characters.")
    known = [email, *email.replace("@", ".").split("."), "cinema"]
    if zxcvbn(password[:LOOKED_AT], user_inputs=known)["score"] < GOOD_ENOUGH:
        raise WeakPassword(
            "The password is too easy to guess: take several unusual words, nothing"
            " of your address and no well-known pattern."
        )
