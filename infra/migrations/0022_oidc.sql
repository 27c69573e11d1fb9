-- state and cookie are digests: what they were is in the browser only.
CREATE TABLE identity.oidc_flow (
    state bytea PRIMARY KEY,
    cookie bytea NOT NULL,
    provider text NOT NULL,
    account_id uuid REFERENCES identity.account ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON identity.oidc_flow (expires_at);

-- The provider's own key of a person is (issuer, subject), never the e-mail address.
CREATE TABLE identity.identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    identity_id uuid NOT NULL UNIQUE,
    account_id uuid NOT NULL REFERENCES identity.account ON DELETE CASCADE,
    provider text NOT NULL,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX ON identity.identity (account_id);
