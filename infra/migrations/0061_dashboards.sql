CREATE SCHEMA IF NOT EXISTS work;

-- A browser that is signed in. Only its key opens what is sealed here.
CREATE TABLE work.dashboard_session (
    digest bytea PRIMARY KEY,
    sealed bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON work.dashboard_session (expires_at);

CREATE TABLE read.memberships (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    gained_on date NOT NULL,
    lost_on date
);
CREATE INDEX ON read.memberships (gained_on);
CREATE INDEX ON read.memberships (lost_on);

CREATE TABLE read.turnover (
    id text PRIMARY KEY,
    day date NOT NULL,
    currency text NOT NULL,
    payments bigint NOT NULL,
    taken bigint NOT NULL
);
CREATE INDEX ON read.turnover (day);
