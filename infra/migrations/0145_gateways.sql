-- How each gateway has been found to work lately; no row: well.
CREATE TABLE work.gateway_health (
    gateway text PRIMARY KEY,
    failures int NOT NULL,
    failed_at timestamptz NOT NULL,
    opened_at timestamptz,
    pause interval NOT NULL,
    cause text NOT NULL
);

-- The memory of the gateway that takes no money.
CREATE TABLE work.free_charges (
    key uuid PRIMARY KEY,
    ref text NOT NULL UNIQUE,
    request text NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX free_charges_by_time ON work.free_charges (made_at, ref);
CREATE TABLE work.free_refunds (
    key uuid PRIMARY KEY,
    ref text NOT NULL UNIQUE,
    charge_ref text NOT NULL REFERENCES work.free_charges (ref),
    request text NOT NULL,
    minor bigint NOT NULL,
    made_at timestamptz NOT NULL
);
CREATE INDEX free_refunds_by_charge ON work.free_refunds (charge_ref);
