CREATE TABLE read.plans (
    plan_id uuid PRIMARY KEY,
    names jsonb NOT NULL,
    "interval" jsonb NOT NULL,
    price jsonb NOT NULL,
    vat_percent integer NOT NULL,
    price_version integer NOT NULL,
    on_sale boolean NOT NULL,
    added_at timestamptz NOT NULL
);

CREATE TABLE read.subscriptions (
    subscription_id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    terms jsonb NOT NULL,
    status text NOT NULL,
    auto_renew boolean NOT NULL,
    started_at timestamptz NOT NULL,
    period_no integer NOT NULL,
    period_start timestamptz,
    period_end timestamptz,
    access_until timestamptz,
    cancel_at timestamptz,
    ended_at timestamptz,
    method jsonb,
    payment_id uuid,
    confirmation_url text,
    decline_reason text
);
CREATE INDEX ON read.subscriptions (account_id, started_at DESC);

CREATE TABLE read.payments (
    payment_id uuid PRIMARY KEY,
    invoice_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    account_id uuid NOT NULL,
    purpose text NOT NULL,
    names jsonb NOT NULL,
    amount jsonb NOT NULL,
    gateway text NOT NULL,
    status text NOT NULL,
    opened_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    ref text,
    confirmation_url text,
    decline_reason text,
    paid_with text,
    settled_at timestamptz,
    attention text
);
CREATE INDEX ON read.payments (account_id, opened_at DESC);

CREATE TABLE read.alarms (
    subject uuid PRIMARY KEY,
    kind text NOT NULL,
    due timestamptz,
    auto_renew boolean NOT NULL,
    canceling boolean NOT NULL,
    announced boolean NOT NULL,
    notice_at timestamptz,
    ends_at timestamptz
);
CREATE INDEX ON read.alarms (due);

CREATE TABLE read.charges_due (
    payment_id uuid PRIMARY KEY,
    attempt_id uuid NOT NULL,
    account_id uuid NOT NULL,
    names jsonb NOT NULL,
    amount jsonb NOT NULL,
    gateway text NOT NULL,
    key uuid NOT NULL,
    method jsonb,
    save_method boolean NOT NULL,
    stage text NOT NULL,
    due timestamptz NOT NULL,
    version bigint NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid NOT NULL,
    traceparent text,
    wanted boolean NOT NULL,
    request text,
    ref text,
    first_sent_at timestamptz,
    last_sent_at timestamptz
);
CREATE INDEX ON read.charges_due (due);

CREATE SCHEMA IF NOT EXISTS work;

-- Which alarms have rung: an alarm stays due until the fact it brings about is read.
CREATE TABLE work.rung (
    subject uuid NOT NULL,
    kind text NOT NULL,
    due timestamptz NOT NULL,
    PRIMARY KEY (subject, kind, due)
);

-- Who is at a charge, how far its stream had come when it was last worked on, and when
-- it is to be looked at again. A lease is in real time: the machine's, not the sandbox's.
CREATE TABLE work.charging (
    payment_id uuid PRIMARY KEY,
    leased_until timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT '-infinity',
    stage text NOT NULL DEFAULT '',
    tries integer NOT NULL DEFAULT 0
);
