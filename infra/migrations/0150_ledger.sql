-- The books of each invoice: what was posted, line by line, and when it is earned.
CREATE TABLE read.ledger (
    id uuid PRIMARY KEY,
    currency text,
    invoice_id uuid,
    subscription_id uuid,
    account_id uuid,
    gateway text,
    net bigint NOT NULL,
    vat bigint NOT NULL,
    closed boolean NOT NULL,
    ref text,
    taken_at timestamptz,
    taken bigint NOT NULL,
    income bigint,
    entries jsonb NOT NULL,
    schedule jsonb NOT NULL
);
CREATE INDEX ON read.ledger (taken_at);
CREATE INDEX ON read.ledger (subscription_id);
