CREATE TABLE read.catalogue (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    title text NOT NULL,
    genre_ids uuid[] NOT NULL,
    genres text[] NOT NULL
);
CREATE INDEX ON read.catalogue USING gin (genre_ids);
