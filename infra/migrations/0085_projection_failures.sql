-- How often bringing a read model level has failed, and how it did last.
CREATE TABLE read.failure (
    name text PRIMARY KEY,
    times bigint NOT NULL,
    reason text NOT NULL,
    failed_at timestamptz NOT NULL
);
