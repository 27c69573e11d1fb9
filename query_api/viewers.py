"""For whom a page is made: when they ask, from which country, up to which age."""

from typing import Annotated, TypeAlias

from fastapi import Depends, Query, Request, Response

from projections.visibility import Viewer
from query_api.dependencies import Seen

AgeMax: TypeAlias = Annotated[
    int | None,
    Query(ge=0, le=99, description="Nothing that is rated for older people than this."),
]


def viewer(
    request: Request, response: Response, seen: Seen, age_rating_max: AgeMax = None
) -> Viewer:
    if seen.countries.header:
        response.headers.append("Vary", seen.countries.header)
    return Viewer(
        now=seen.clock(),
        country=seen.countries.of(request),
        age_max=age_rating_max,
    )


#: The caller, as far as it matters for which films there are for them.
Watching = Annotated[Viewer, Depends(viewer)]
