"""Films, genres and people."""

from datetime import date, timedelta
from uuid import UUID

from domain.film import commands as film
from domain.film import events as film_events
from domain.film import series_commands as series
from domain.film import series_events
from domain.film.values import Description, Titles, Window
from domain.genre import commands as genre
from domain.genre import events as genre_events
from domain.kernel.values import FilmId, GenreId, PersonId, PlanId
from domain.person import commands as person
from domain.person import events as person_events
from tests.examples import NOON, example

FILM = FilmId(UUID(int=5))
GENRE = GenreId(UUID(int=6))
PERSON = PersonId(UUID(int=7))
OTHER_GENRE = GenreId(UUID(int=16))
OTHER_PERSON = PersonId(UUID(int=17))
PLAN = PlanId(UUID(int=18))
SOLARIS = Titles(ru="Солярис", en="Solaris")
STALKER = Titles(ru="Сталкер", en="Stalker")
TEXT = Description(ru="Океан отвечает.", en="The ocean answers.")
PREMIERE = date(1972, 2, 5)
MONTH = Window(opens=NOON, closes=NOON + timedelta(days=30), countries=("RU", "KZ"))
PILOT = Titles(ru="Начало", en="Pilot")

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
replace_genre = example(film.ReplaceGenre, **of_film, genre_id=GENRE, by=OTHER_GENRE)
replace_person = example(
    film.ReplacePerson, **of_film, person_id=PERSON, by=OTHER_PERSON
)
alias = example(film.AliasFilm, **of_film, aliases=("Solyaris",))
aliased = example(
    film_events.FilmAliased, film_id=FILM, aliases=("Solyaris",), aliased_at=NOON
)
set_availability = example(film.SetFilmAvailability, **of_film, windows=(MONTH,))
availability_set = example(
    film_events.FilmAvailabilitySet, film_id=FILM, windows=(MONTH,), set_at=NOON
)
add_season = example(series.AddSeason, **of_film, number=1)
season_added = example(series_events.SeasonAdded, film_id=FILM, number=1, added_at=NOON)
withdraw_season = example(series.WithdrawSeason, **of_film, number=1)
season_withdrawn = example(
    series_events.SeasonWithdrawn, film_id=FILM, number=1, withdrawn_at=NOON
)
episode = {"season": 1, "number": 1}
add_episode = example(series.AddEpisode, **of_film, **episode, titles=PILOT)
episode_added = example(
    series_events.EpisodeAdded, film_id=FILM, **episode, titles=PILOT, added_at=NOON
)
retitle_episode = example(series.RetitleEpisode, **of_film, **episode, titles=STALKER)
episode_retitled = example(
    series_events.EpisodeRetitled,
    film_id=FILM,
    **episode,
    titles=STALKER,
    retitled_at=NOON,
)
attach_episode_media = example(
    series.AttachEpisodeMedia, **of_film, **episode, media="pilot.m3u8"
)
episode_media_attached = example(
    series_events.EpisodeMediaAttached,
    film_id=FILM,
    **episode,
    media="pilot.m3u8",
    attached_at=NOON,
)
withdraw_episode = example(series.WithdrawEpisode, **of_film, **episode)
episode_withdrawn = example(
    series_events.EpisodeWithdrawn, film_id=FILM, **episode, withdrawn_at=NOON
)
archive = example(film.ArchiveFilm, **of_film)
archived = example(film_events.FilmArchived, film_id=FILM, archived_at=NOON)
restore = example(film.RestoreFilm, **of_film)
restored = example(film_events.FilmRestored, film_id=FILM, restored_at=NOON)

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
restore_genre = example(genre.RestoreGenre, **of_genre)
genre_restored = example(genre_events.GenreRestored, genre_id=GENRE, restored_at=NOON)
merge_genre = example(genre.MergeGenre, **of_genre, into=OTHER_GENRE)
genre_merged = example(
    genre_events.GenreMerged, genre_id=GENRE, into=OTHER_GENRE, merged_at=NOON
)

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
restore_person = example(person.RestorePerson, **of_person)
person_restored = example(
    person_events.PersonRestored, person_id=PERSON, restored_at=NOON
)
merge_person = example(person.MergePerson, **of_person, into=OTHER_PERSON)
person_merged = example(
    person_events.PersonMerged, person_id=PERSON, into=OTHER_PERSON, merged_at=NOON
)
