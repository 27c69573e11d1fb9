"""Why a collection may refuse what is asked of it."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class CollectionNotFound(NotFound):
    """There is no such collection."""


class CollectionArchivedAlready(Rejected):
    """The collection is archived; nothing about it changes unless it is restored."""


class CollectionExistsAlready(Rejected):
    """There is another collection under this id."""


class CollectionSlugTaken(Rejected):
    """There is a collection of this slug already."""


class CollectionUntitled(Invalid):
    """A collection needs at least one title: Russian or English."""

    pointer = "/titles"


class CollectionTitleUnwritable(Invalid):
    """A collection's title is one line of 1 to 200 characters."""


class CollectionDescriptionUnwritable(Invalid):
    """A collection's description has at most 5000 characters."""


class SlugUnwritable(Invalid):
    """A slug is 1 to 100 letters a-z, digits and single hyphens between them."""

    pointer = "/slug"


class CollectionTooLong(Invalid):
    """A collection has at most 500 films."""

    pointer = "/film_ids"


class FilmCollectedTwice(Invalid):
    """A film is in a collection once."""
