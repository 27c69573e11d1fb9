CREATE TABLE read.successions (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    "into" uuid,
    asked bigint NOT NULL,
    message_id uuid NOT NULL,
    correlation_id uuid NOT NULL
);
CREATE INDEX ON read.successions (asked);
-- Films in the archive follow, too.
CREATE INDEX ON read.films USING gin (genre_ids) WHERE archived_at IS NOT NULL;
CREATE INDEX ON read.films USING gin (person_ids) WHERE archived_at IS NOT NULL;
