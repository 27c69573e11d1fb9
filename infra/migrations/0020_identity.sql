CREATE SCHEMA identity;

-- recorded_at: when the log had the registration; until then the row is a reservation.
CREATE TABLE identity.account (
    account_id uuid PRIMARY KEY,
    email text,
    password_hash text,
    locale text NOT NULL,
    time_zone text NOT NULL,
    created_at timestamptz NOT NULL,
    recorded_at timestamptz
);
CREATE UNIQUE INDEX account_email ON identity.account (lower(email));

CREATE TABLE identity.session (
    session_id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    address text NOT NULL,
    user_agent text NOT NULL,
    authenticated_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX ON identity.session (account_id);

-- salt: together with the token itself it gives the token's one successor.
CREATE TABLE identity.refresh_token (
    digest bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES identity.session ON DELETE CASCADE,
    parent bytea,
    expires_at timestamptz NOT NULL,
    spent_at timestamptz,
    salt bytea
);
CREATE INDEX ON identity.refresh_token (session_id);

CREATE TABLE identity.one_time_token (
    digest bytea PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    purpose text NOT NULL,
    email text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX ON identity.one_time_token (account_id);

CREATE TABLE identity.signing_key (
    kid text PRIMARY KEY,
    public_key jsonb NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    retired_at timestamptz
);

-- key: a digest of the address of the account and of the caller's network.
CREATE TABLE identity.attempt (
    key bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz NOT NULL
);
CREATE INDEX ON identity.attempt (last_at);

-- due: the theoretical arrival time of the generic cell rate algorithm.
CREATE TABLE identity.rate (
    key text PRIMARY KEY,
    due timestamptz NOT NULL
);
CREATE INDEX ON identity.rate (due);
