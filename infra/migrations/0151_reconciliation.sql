ALTER TABLE read.ledger ADD COLUMN refunded bigint NOT NULL DEFAULT 0;

-- What differs, or did, between a gateway's list of a day and our books.
CREATE TABLE read.gateway_differences (
    id uuid PRIMARY KEY,
    gateway text NOT NULL,
    day date NOT NULL,
    kind text NOT NULL,
    ref text NOT NULL,
    payment_id uuid,
    ours jsonb,
    theirs jsonb,
    gateway_status text,
    status text NOT NULL,
    found_at timestamptz NOT NULL,
    settled_at timestamptz
);
CREATE INDEX ON read.gateway_differences (status, found_at);

-- Each day that was compared, and how.
CREATE TABLE read.reconciled_days (
    id text PRIMARY KEY,
    gateway text NOT NULL,
    day date NOT NULL,
    checked bigint NOT NULL,
    differences bigint NOT NULL,
    runs bigint NOT NULL,
    run_at timestamptz NOT NULL
);
CREATE INDEX ON read.reconciled_days (day);
