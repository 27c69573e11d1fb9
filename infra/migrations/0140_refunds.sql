ALTER TABLE read.payments ADD COLUMN refunded jsonb;

CREATE TABLE read.refunds (
    refund_id uuid PRIMARY KEY,
    payment_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    account_id uuid NOT NULL,
    names jsonb NOT NULL,
    amount jsonb NOT NULL,
    gateway text NOT NULL,
    cause text NOT NULL,
    reason text NOT NULL,
    status text NOT NULL,
    requested_at timestamptz NOT NULL,
    ref text,
    cancel_reason text,
    settled_at timestamptz,
    retried_by uuid,
    attention text
);
CREATE INDEX ON read.refunds (account_id, requested_at DESC);
CREATE INDEX ON read.refunds (payment_id);
CREATE INDEX ON read.refunds (requested_at) WHERE attention IS NOT NULL;

CREATE TABLE read.refunds_due (
    refund_id uuid PRIMARY KEY,
    payment_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    account_id uuid NOT NULL,
    names jsonb NOT NULL,
    gateway text NOT NULL,
    charge_ref text NOT NULL,
    amount jsonb NOT NULL,
    key uuid NOT NULL,
    stage text NOT NULL,
    due timestamptz NOT NULL,
    version bigint NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid NOT NULL,
    traceparent text,
    request text,
    ref text,
    first_sent_at timestamptz
);
CREATE INDEX ON read.refunds_due (due);

-- As work.charging: who is at a refund, and when it is to be looked at again.
CREATE TABLE work.refunding (
    refund_id uuid PRIMARY KEY,
    leased_until timestamptz NOT NULL,
    holder integer NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 0,
    due timestamptz NOT NULL DEFAULT '-infinity',
    stage text NOT NULL DEFAULT '',
    tries integer NOT NULL DEFAULT 0
);
