-- Who watches on which device now. Real time: the machine's, not the sandbox's.
CREATE TABLE viewing.stream (
    stream_id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    film_id uuid NOT NULL,
    device text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL
);
CREATE INDEX ON viewing.stream (account_id);

-- The row that is locked while somebody's streams are counted.
CREATE TABLE viewing.viewer (
    account_id uuid PRIMARY KEY
);
