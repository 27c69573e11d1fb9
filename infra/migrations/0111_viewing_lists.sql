CREATE TABLE read.watchlist (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    film_id uuid NOT NULL,
    bookmarked_at timestamptz NOT NULL
);
CREATE INDEX ON read.watchlist (account_id, bookmarked_at, id);
CREATE INDEX ON read.watchlist (film_id);

CREATE TABLE read.opinions (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    film_id uuid NOT NULL,
    rating integer NOT NULL,
    given_at timestamptz NOT NULL
);
CREATE INDEX ON read.opinions (account_id, given_at, id);
CREATE INDEX ON read.opinions (film_id);

-- Who waits for which premiere; when it is, is in read.films.
CREATE TABLE read.premieres_awaited (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    film_id uuid NOT NULL,
    awaited_at timestamptz NOT NULL
);
CREATE INDEX ON read.premieres_awaited (account_id, awaited_at, id);
CREATE INDEX ON read.premieres_awaited (film_id);

-- The score that each film has been given last.
CREATE TABLE read.popularity (
    film_id uuid PRIMARY KEY,
    score integer NOT NULL,
    measured_at timestamptz NOT NULL
);

ALTER TABLE read.plans ADD COLUMN streams integer NOT NULL DEFAULT 2;
