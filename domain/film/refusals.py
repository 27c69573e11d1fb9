"""Why a film may refuse what is asked of it."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class FilmNotFound(NotFound):
    """There is no such film."""


class FilmArchivedAlready(Rejected):
    """The film is archived; nothing about it changes any more."""


class FilmExistsAlready(Rejected):
    """There is another film under this id."""


class FilmUntitled(Invalid):
    """A film needs at least one title: Russian, English or original."""

    pointer = "/titles"


class TitleUnwritable(Invalid):
    """A title is one line of 1 to 300 characters, without control characters."""


class DescriptionUnwritable(Invalid):
    """A description has at most 10000 characters, without control characters."""


class FilmTypeUnknown(Invalid):
    """The type of a film is movie or series."""

    pointer = "/type"


class AccessUnknown(Invalid):
    """The access to a film is free, registered or subscription."""

    pointer = "/access"


class RatingOutOfRange(Invalid):
    """A rating is between 0.0 and 10.0."""

    pointer = "/rating"


class AgeRatingUnknown(Invalid):
    """An age rating is 0, 6, 12, 16 or 18."""

    pointer = "/age_rating"


class ReleaseDateImpossible(Invalid):
    """A release date is between 1888, when films began, and 2199."""

    pointer = "/release_date"


class CountryUnknown(Invalid):
    """Countries are up to 30 different codes of two capital letters (ISO 3166-1)."""

    pointer = "/countries"


class CertificateUnwritable(Invalid):
    """A certificate is one line of 1 to 100 characters."""

    pointer = "/certificate"


class MediaUnwritable(Invalid):
    """A media reference is one line of 1 to 1000 characters."""

    pointer = "/media"


class RoleUnknown(Invalid):
    """A role is actor, writer, director or producer."""

    pointer = "/role"
