"""Films and genres."""

from uuid import UUID

from domain.film.commands import AddFilm, RetitleFilm, TagFilm, WithdrawFilm
from domain.film.events import FilmAdded, FilmRetitled, FilmTagged, FilmWithdrawn
from domain.genre.commands import AddGenre, RenameGenre
from domain.genre.events import GenreAdded, GenreRenamed
from domain.kernel.values import FilmId, GenreId
from tests.examples import NOON, example

FILM = FilmId(UUID(int=5))
GENRE = GenreId(UUID(int=6))

added = example(FilmAdded, film_id=FILM, title="Solaris", added_at=NOON)
retitled = example(FilmRetitled, film_id=FILM, title="Stalker", retitled_at=NOON)
tagged = example(FilmTagged, film_id=FILM, genre_id=GENRE, tagged_at=NOON)
withdrawn = example(FilmWithdrawn, film_id=FILM, withdrawn_at=NOON)
add = example(AddFilm, film_id=FILM, title="Solaris", now=NOON)
retitle = example(RetitleFilm, film_id=FILM, title="Stalker", now=NOON)
tag = example(TagFilm, film_id=FILM, genre_id=GENRE, now=NOON)
withdraw = example(WithdrawFilm, film_id=FILM, now=NOON)

genre_added = example(GenreAdded, genre_id=GENRE, name="Drama", added_at=NOON)
genre_renamed = example(GenreRenamed, genre_id=GENRE, name="Fantasy", renamed_at=NOON)
add_genre = example(AddGenre, genre_id=GENRE, name="Drama", now=NOON)
rename_genre = example(RenameGenre, genre_id=GENRE, name="Fantasy", now=NOON)
