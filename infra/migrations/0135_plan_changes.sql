-- What a subscription is going to be: with its next period, or once it is paid for.
ALTER TABLE read.subscriptions
    ADD next_terms jsonb,
    ADD next_terms_at timestamptz,
    ADD changing_to jsonb;
