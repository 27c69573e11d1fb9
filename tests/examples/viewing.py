"""What people watch, want to watch and think of it."""

from domain.kernel.values import Names
from domain.opinion import commands as opinion
from domain.opinion import events as opinion_events
from domain.popularity.commands import MeasurePopularity
from domain.popularity.events import PopularityMeasured
from domain.premiere import commands as premiere
from domain.premiere import events as premiere_events
from domain.watchlist import commands as watchlist
from domain.watchlist import events as watchlist_events
from tests.examples import NOON, example
from tests.examples.billing import ACCOUNT
from tests.examples.catalogue import FILM

measure = example(MeasurePopularity, film_id=FILM, score=420, now=NOON)
measured = example(PopularityMeasured, film_id=FILM, score=420, measured_at=NOON)

pair = {"account_id": ACCOUNT, "film_id": FILM}
bookmark = example(watchlist.BookmarkFilm, **pair, now=NOON)
bookmarked = example(watchlist_events.FilmBookmarked, **pair, bookmarked_at=NOON)
remove = example(watchlist.RemoveBookmark, **pair, now=NOON)
removed = example(watchlist_events.BookmarkRemoved, **pair, removed_at=NOON)

give = example(opinion.GiveOpinion, **pair, rating=8, now=NOON)
given = example(opinion_events.OpinionGiven, **pair, rating=8, given_at=NOON)
withdraw = example(opinion.WithdrawOpinion, **pair, now=NOON)
withdrawn = example(opinion_events.OpinionWithdrawn, **pair, withdrawn_at=NOON)

NAMES = Names(ru="Солярис", en="Solaris")
await_it = example(premiere.AwaitPremiere, **pair, premieres_at=None, now=NOON)
awaited = example(premiere_events.PremiereAwaited, **pair, awaited_at=NOON)
stop_waiting = example(premiere.WithdrawPremiereWait, **pair, now=NOON)
wait_withdrawn = example(
    premiere_events.PremiereWaitWithdrawn, **pair, withdrawn_at=NOON
)
announce = example(
    premiere.AnnouncePremiere, **pair, names=NAMES, premieres_at=NOON, now=NOON
)
came = example(
    premiere_events.PremiereCame, **pair, names=NAMES, premiered_at=NOON, came_at=NOON
)
drop = example(premiere.DropPremiereWait, **pair, now=NOON)
dropped = example(
    premiere_events.PremiereWaitDropped,
    **pair,
    reason="film_archived",
    dropped_at=NOON,
)
