"""Bodies and answers with secrets in them: taken as they are, kept by nobody."""

from typing import Annotated

from fastapi import Response
from pydantic import ConfigDict, Field

from command_api.dependencies import Body

#: Far more than a password may have, so that its own rule can say what is wrong.
Password = Annotated[str, Field(min_length=1, max_length=4096)]
Token = Annotated[str, Field(min_length=1, max_length=4096)]


class SecretBody(Body):
    """A space at the end of a password is part of it."""

    model_config = ConfigDict(str_strip_whitespace=False)


def no_store(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"
