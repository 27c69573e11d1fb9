"""What a command points to has to be there: asked of the log, never of a read model."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import HTTPException

from command_api.dependencies import Services


class LinkedToNothing(HTTPException):
    """``pointer`` is where in the body it stands; in the path, if there is none."""

    def __init__(self, category: str, pointer: str = "") -> None:
        detail = f"There is no such {category}, or no longer."
        super().__init__(404, detail)
        self.code = f"{category}-not-found"
        if pointer:
            found = {"pointer": pointer, "code": self.code, "detail": detail}
            self.more = {"errors": [found]}


def must_be_there(
    services: Services, category: str, id_: UUID, pointer: str = ""
) -> None:
    """So that what has just been added can be linked to."""
    if not services.is_there(category, id_):
        raise LinkedToNothing(category, pointer)


def must_all_be_there(
    services: Services, category: str, ids: Iterable[UUID], pointer: str
) -> None:
    """``pointer`` has a place for their number."""
    numbers: dict[UUID, int] = {}
    for number, id_ in enumerate(ids):
        numbers.setdefault(id_, number)
    for id_, number in numbers.items():
        must_be_there(services, category, id_, pointer.format(number))
