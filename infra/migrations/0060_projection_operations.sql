-- Which build of its rows a read model shows; a switch begins the next.
ALTER TABLE read.projection ADD COLUMN generation bigint NOT NULL DEFAULT 0;

CREATE TABLE read.paused (
    name text PRIMARY KEY,
    since timestamptz NOT NULL
);

-- Facts that a read model leaves out, now and in every rebuild.
CREATE TABLE read.skipped (
    name text NOT NULL,
    position bigint NOT NULL,
    stream text NOT NULL,
    reason text NOT NULL,
    skipped_at timestamptz NOT NULL,
    PRIMARY KEY (name, position)
);
