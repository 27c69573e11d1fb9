CREATE TABLE read.promo_codes (
    promo_code_id uuid PRIMARY KEY,
    code text NOT NULL,
    percent integer NOT NULL,
    amount jsonb,
    periods integer,
    plans uuid[] NOT NULL,
    most_uses integer NOT NULL,
    most_uses_per_person integer NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_until timestamptz,
    added_at timestamptz NOT NULL,
    reserved integer NOT NULL,
    redeemed integer NOT NULL,
    archived_at timestamptz
);
