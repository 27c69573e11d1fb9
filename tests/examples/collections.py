"""Curated collections."""

from uuid import UUID

from domain.collection import commands, events
from domain.collection.values import CollectionDescription, CollectionTitles
from domain.kernel.values import CollectionId, FilmId
from tests.examples import NOON, example

COLLECTION = CollectionId(UUID(int=19))
FILMS = (FilmId(UUID(int=5)), FilmId(UUID(int=4)))
TITLES = CollectionTitles(ru="Космос", en="Space")
OTHERS = CollectionTitles(ru="Далёкий космос")
TEXT = CollectionDescription(ru="О том, что далеко.")

of_collection = {"collection_id": COLLECTION, "now": NOON}
its = {"collection_id": COLLECTION}

create = example(commands.CreateCollection, **of_collection, titles=TITLES)
created = example(events.CollectionCreated, **its, titles=TITLES, created_at=NOON)
retitle = example(commands.RetitleCollection, **of_collection, titles=OTHERS)
retitled = example(events.CollectionRetitled, **its, titles=OTHERS, retitled_at=NOON)
describe = example(commands.DescribeCollection, **of_collection, description=TEXT)
described = example(
    events.CollectionDescribed, **its, description=TEXT, described_at=NOON
)
arrange = example(commands.ArrangeCollection, **of_collection, film_ids=FILMS)
arranged = example(events.CollectionArranged, **its, film_ids=FILMS, arranged_at=NOON)
archive = example(commands.ArchiveCollection, **of_collection)
archived = example(events.CollectionArchived, **its, archived_at=NOON)
restore = example(commands.RestoreCollection, **of_collection)
restored = example(events.CollectionRestored, **its, restored_at=NOON)
