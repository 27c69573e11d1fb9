CREATE SCHEMA IF NOT EXISTS work;

-- What others have told us, each message once, whatever became of it.
CREATE TABLE work.inbox (
    source text NOT NULL,
    message text NOT NULL,
    event text NOT NULL,
    ref text NOT NULL,
    status text NOT NULL DEFAULT 'received'
        CHECK (status IN ('received', 'processed', 'quarantined')),
    received_at timestamptz NOT NULL,
    processed_at timestamptz,
    due_at timestamptz NOT NULL,
    tries int NOT NULL DEFAULT 0,
    detail text,
    PRIMARY KEY (source, message)
);
CREATE INDEX ON work.inbox (due_at) WHERE status = 'received';
CREATE INDEX ON work.inbox (received_at) WHERE status = 'quarantined';
