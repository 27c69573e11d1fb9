CREATE TABLE read.accounts (
    account_id uuid PRIMARY KEY,
    locale text NOT NULL,
    time_zone text NOT NULL,
    registered_at timestamptz NOT NULL,
    verified boolean NOT NULL,
    blocked boolean NOT NULL,
    roles text[] NOT NULL,
    providers text[] NOT NULL,
    last_signed_in_at timestamptz
);
CREATE INDEX ON read.accounts (registered_at);
