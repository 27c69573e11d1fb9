-- What each account pays a month, and every change of that.
CREATE TABLE read.recurring (
    id uuid PRIMARY KEY,
    first_at timestamptz,
    live jsonb NOT NULL,
    movements jsonb NOT NULL
);
CREATE INDEX ON read.recurring (first_at);

-- Each period that was past due, and how that ended.
CREATE TABLE read.arrears (
    id uuid PRIMARY KEY,
    subscription_id uuid NOT NULL,
    account_id uuid NOT NULL,
    since timestamptz NOT NULL,
    outcome text NOT NULL,
    ended_at timestamptz
);
CREATE INDEX ON read.arrears (since);
