"""What the library can be told that must not be told here."""


class UnsafeSetting(ValueError):
    """A variable of the environment that would lose or hide what is recorded."""

    def __init__(self, variable: str, why: str) -> None:
        super().__init__(f"{variable} {why}: unset it.")
