from uuid import UUID

from domain.kernel.values import FilmId
from projections.search import Document
from projections.search_documents import search_documents
from tests.examples import catalogue as its
from tests.examples import example
from tests.examples.viewing import measured
from tests.scenario import ProjectionScenario

given = ProjectionScenario(search_documents)
OTHER = FilmId(UUID(int=8))
film = example(
    Document,
    id=its.FILM,
    kind="film",
    title_ru="Солярис",
    title_en="Solaris",
    type="movie",
    access="subscription",
)
drama = example(Document, id=its.GENRE, kind="genre", name="Drama")
tarkovsky = example(Document, id=its.PERSON, kind="person", name="Tarkovsky")
in_drama = {"genre_ids": (its.GENRE,), "genres": ("Drama",)}
in_fantasy = {"genre_ids": (its.GENRE,), "genres": ("Fantasy",)}
by_tarkovsky = {
    "person_ids": (its.PERSON,),
    "people": ("Tarkovsky",),
    "roles": ("director",),
}


def test_a_film_is_found_under_its_title_of_today() -> None:
    given(its.added(), its.retitled()).then(
        film(title_ru="Сталкер", title_en="Stalker")
    )


def test_an_archived_film_is_not_found() -> None:
    archived = (its.added(), its.archived())
    given(*archived, its.rated()).then(film(kind="archived", rating=81, popularity=81))
    given(*archived, its.restored()).then(film())


def test_what_it_is_filtered_by_is_kept_level() -> None:
    given(
        its.added(),
        its.described(),
        its.type_corrected(),
        its.access_set(),
        its.release_dated(),
        its.rated(),
        its.age_rated(),
        its.countries_named(),
        its.certified(),
        its.media_attached(),
    ).then(
        film(
            description_ru=its.TEXT.ru,
            description_en=its.TEXT.en,
            type="series",
            access="free",
            year=1972,
            rating=81,
            popularity=81,
            age_rating=12,
            countries=("SU",),
        )
    )


def test_a_renamed_genre_is_renamed_in_every_film_under_it() -> None:
    given(
        its.genre_added(),
        its.added(),
        its.added(film_id=OTHER),
        its.assigned(),
        its.assigned(film_id=OTHER),
        its.genre_described(),
        its.genre_renamed(),
    ).then(drama(name="Fantasy"), film(**in_fantasy), film(id=OTHER, **in_fantasy))


def test_an_archived_genre_is_gone_from_every_film() -> None:
    facts = (its.genre_added(), its.added(), its.assigned())
    given(*facts).then(drama(), film(**in_drama))
    given(*facts, its.unassigned()).then(drama(), film())
    archived = (*facts, its.genre_archived())
    given(*archived).then(drama(kind="archived"), film())
    given(*archived, its.genre_restored()).then(drama(), film())


def test_a_merged_genre_is_not_found() -> None:
    given(its.genre_added(), its.genre_merged()).then(drama(kind="archived"))


def test_a_renamed_person_is_renamed_in_every_film() -> None:
    given(
        its.person_added(), its.added(), its.credit_given(), its.person_renamed()
    ).then(
        tarkovsky(name="Андрей Тарковский"),
        film(**{**by_tarkovsky, "people": ("Андрей Тарковский",)}),
    )


def test_an_archived_person_is_gone_from_every_film() -> None:
    facts = (its.person_added(), its.birth_dated(), its.added(), its.credit_given())
    given(*facts).then(tarkovsky(), film(**by_tarkovsky))
    given(*facts, its.credit_withdrawn()).then(tarkovsky(), film())
    archived = (*facts, its.person_archived())
    given(*archived).then(tarkovsky(kind="archived"), film())
    given(*archived, its.person_restored()).then(tarkovsky(), film())


def test_a_merged_person_is_not_found() -> None:
    given(its.person_added(), its.person_merged()).then(tarkovsky(kind="archived"))


def test_popularity_is_the_rating_until_it_is_measured() -> None:
    given(its.added(), its.rated()).then(film(rating=81, popularity=81))
    counted = film(rating=81, popularity=420, is_measured=True)
    given(its.added(), its.rated(), measured()).then(counted)
    given(its.added(), measured(), its.rated()).then(counted)


def test_other_names_and_windows_are_those_of_today() -> None:
    given(its.added(), its.aliased(), its.availability_set()).then(
        film(aliases=("Solyaris",), windows=(its.MONTH,))
    )
