-- What people watch: no facts of the log, and nothing that follows from them.
CREATE SCHEMA viewing;

CREATE TABLE viewing.progress (
    account_id uuid NOT NULL,
    film_id uuid NOT NULL,
    -- 0 where there is none: of a movie.
    season integer NOT NULL,
    episode integer NOT NULL,
    position_seconds integer NOT NULL,
    duration_seconds integer NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (account_id, film_id, season, episode)
) WITH (fillfactor = 80);
CREATE INDEX ON viewing.progress (account_id, at);
CREATE INDEX ON viewing.progress (film_id);

-- Ids that stand for nobody any more: what comes for them is not written.
CREATE TABLE viewing.erased (
    account_id uuid PRIMARY KEY
);
