"""Films, genres and people."""

from datetime import date
from uuid import UUID

from domain.film import commands as film
from domain.film import events as film_events
from domain.film.values import Description, Titles
from domain.genre import commands as genre
from domain.genre import events as genre_events
from domain.kernel.values import FilmId, GenreId, PersonId
from domain.person import commands as person
from domain.person import events as person_events
from tests.examples import NOON, example

FILM = FilmId(UUID(int=5))
GENRE = GenreId(UUID(int=6))
PERSON = PersonId(UUID(int=7))
SOLARIS = Titles(ru="Солярис", en="Solaris")
STALKER = Titles(ru="Сталкер", en="Stalker")
TEXT = Description(ru="Океан отвечает.", en="The ocean answers.")
PREMIERE = date(1972, 2, 5)

of_film = {"film_id": FILM, "now": NOON}
of_genre = {"genre_id": GENRE, "now": NOON}
of_person = {"person_id": PERSON, "now": NOON}
new_film = {
    "film_id": FILM,
    "titles": SOLARIS,
    "type": "movie",
    "access": "subscription",
}

add = example(film.AddFilm, **new_film, now=NOON)
added = example(film_events.FilmAdded, **new_film, added_at=NOON)
retitle = example(film.RetitleFilm, **of_film, titles=STALKER)
retitled = example(
    film_events.FilmRetitled, film_id=FILM, titles=STALKER, retitled_at=NOON
)
describe = example(film.DescribeFilm, **of_film, description=TEXT)
described = example(
    film_events.FilmDescribed, film_id=FILM, description=TEXT, described_at=NOON
)
correct_type = example(film.CorrectFilmType, **of_film, type="series")
type_corrected = example(
    film_events.FilmTypeCorrected, film_id=FILM, type="series", corrected_at=NOON
)
set_access = example(film.SetFilmAccess, **of_film, access="free")
access_set = example(
    film_events.FilmAccessSet, film_id=FILM, access="free", set_at=NOON
)
date_release = example(film.DateFilmRelease, **of_film, release_date=PREMIERE)
release_dated = example(
    film_events.FilmReleaseDated, film_id=FILM, release_date=PREMIERE, dated_at=NOON
)
rate = example(film.RateFilm, **of_film, rating=81)
rated = example(film_events.FilmRated, film_id=FILM, rating=81, rated_at=NOON)
age_rate = example(film.AgeRateFilm, **of_film, age_rating=12)
age_rated = example(
    film_events.FilmAgeRated, film_id=FILM, age_rating=12, age_rated_at=NOON
)
name_countries = example(film.NameFilmCountries, **of_film, countries=("SU",))
countries_named = example(
    film_events.FilmCountriesNamed, film_id=FILM, countries=("SU",), named_at=NOON
)
certify = example(film.CertifyFilm, **of_film, certificate="111-1")
certified = example(
    film_events.FilmCertified, film_id=FILM, certificate="111-1", certified_at=NOON
)
attach_media = example(film.AttachFilmMedia, **of_film, media="solaris.m3u8")
media_attached = example(
    film_events.FilmMediaAttached, film_id=FILM, media="solaris.m3u8", attached_at=NOON
)
assign = example(film.AssignGenre, **of_film, genre_id=GENRE)
assigned = example(
    film_events.GenreAssigned, film_id=FILM, genre_id=GENRE, assigned_at=NOON
)
unassign = example(film.UnassignGenre, **of_film, genre_id=GENRE)
unassigned = example(
    film_events.GenreUnassigned, film_id=FILM, genre_id=GENRE, unassigned_at=NOON
)
credit = {"person_id": PERSON, "role": "director"}
give_credit = example(film.GiveCredit, **of_film, **credit)
credit_given = example(film_events.CreditGiven, film_id=FILM, **credit, given_at=NOON)
withdraw_credit = example(film.WithdrawCredit, **of_film, **credit)
credit_withdrawn = example(
    film_events.CreditWithdrawn, film_id=FILM, **credit, withdrawn_at=NOON
)
archive = example(film.ArchiveFilm, **of_film)
archived = example(film_events.FilmArchived, film_id=FILM, archived_at=NOON)

add_genre = example(genre.AddGenre, **of_genre, name="Drama")
genre_added = example(
    genre_events.GenreAdded, genre_id=GENRE, name="Drama", added_at=NOON
)
rename_genre = example(genre.RenameGenre, **of_genre, name="Fantasy")
genre_renamed = example(
    genre_events.GenreRenamed, genre_id=GENRE, name="Fantasy", renamed_at=NOON
)
describe_genre = example(genre.DescribeGenre, **of_genre, description="Sad")
genre_described = example(
    genre_events.GenreDescribed, genre_id=GENRE, description="Sad", described_at=NOON
)
archive_genre = example(genre.ArchiveGenre, **of_genre)
genre_archived = example(genre_events.GenreArchived, genre_id=GENRE, archived_at=NOON)

add_person = example(person.AddPerson, **of_person, name="Tarkovsky")
person_added = example(
    person_events.PersonAdded, person_id=PERSON, name="Tarkovsky", added_at=NOON
)
rename_person = example(person.RenamePerson, **of_person, name="Андрей Тарковский")
person_renamed = example(
    person_events.PersonRenamed,
    person_id=PERSON,
    name="Андрей Тарковский",
    renamed_at=NOON,
)
date_birth = example(person.DatePersonBirth, **of_person, birth_date=date(1932, 4, 4))
birth_dated = example(
    person_events.PersonBirthDated,
    person_id=PERSON,
    birth_date=date(1932, 4, 4),
    dated_at=NOON,
)
archive_person = example(person.ArchivePerson, **of_person)
person_archived = example(
    person_events.PersonArchived, person_id=PERSON, archived_at=NOON
)
