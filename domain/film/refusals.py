"""Why a film may refuse what is asked of it."""

from domain.kernel.errors import Invalid, NotFound, Rejected


class FilmNotFound(NotFound):
    """There is no such film."""


class FilmArchivedAlready(Rejected):
    """The film is archived; nothing about it changes unless it is restored."""


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


class PlansWithoutSubscription(Invalid):
    """Only access by subscription can be limited to plans."""

    pointer = "/plans"


class PlansUnlikely(Invalid):
    """Access is limited to at most 20 different plans."""

    pointer = "/plans"


class AliasesUnlikely(Invalid):
    """A film has at most 20 different aliases."""

    pointer = "/aliases"


class WindowsUnlikely(Invalid):
    """A film has at most 50 different windows of availability."""

    pointer = "/windows"


class WindowUnplaced(Invalid):
    """The times of a window have a time zone."""


class WindowEmpty(Invalid):
    """A window closes after it opens."""


class WindowCountryUnknown(Invalid):
    """A window's countries are at most 250 different codes of two capital letters."""


class CreditGivenAlready(Rejected):
    """The film credits this person in this role already."""


class CreditsFull(Rejected):
    """A film credits people in at most 1000 ways."""


class GenreRepeated(Invalid):
    """A film has a genre once."""


class GenresFull(Rejected):
    """A film has at most 50 genres."""


class FilmNotSeries(Rejected):
    """Only a series has seasons; this is a movie."""


class SeriesHasSeasons(Rejected):
    """A series that has seasons is no movie; withdraw them first."""


class SeasonNotFound(NotFound):
    """The series has no such season."""


class SeasonExistsAlready(Rejected):
    """The series has a season of this number already."""


class SeasonNumberUnlikely(Invalid):
    """Seasons are numbered from 0, which is for specials, to 200."""

    pointer = "/number"


class EpisodeNotFound(NotFound):
    """The season has no such episode."""


class EpisodeExistsAlready(Rejected):
    """The season has an episode of this number already."""


class EpisodeNumberUnlikely(Invalid):
    """Episodes are numbered from 0 to 2000."""

    pointer = "/number"


class SeriesFull(Rejected):
    """A series has at most 5000 episodes."""


class EpisodeLengthUnlikely(Invalid):
    """An episode takes 1 to 1440 minutes."""

    pointer = "/minutes"


class RoleUnknown(Invalid):
    """A role is actor, writer, director or producer."""

    pointer = "/role"
