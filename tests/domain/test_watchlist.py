from domain.watchlist.decider import watchlist
from tests.examples.viewing import bookmark, bookmarked, remove, removed
from tests.scenario import DeciderScenario

given = DeciderScenario(watchlist)


def test_a_film_is_on_a_list_once() -> None:
    given().when(bookmark()).then(bookmarked())
    given(bookmarked()).when(bookmark()).then()
    given(bookmarked(), removed()).when(bookmark()).then(bookmarked())


def test_what_is_not_on_a_list_is_not_taken_off_it() -> None:
    given().when(remove()).then()
    given(bookmarked()).when(remove()).then(removed())
    given(bookmarked(), removed()).when(remove()).then()
