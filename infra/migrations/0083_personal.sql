-- What is personal in events is stored under a key of its person's own.
CREATE TABLE es.key_encryption_key (
    kek_id     text        PRIMARY KEY,  -- derived from the key, which is in the settings
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Without wrapped_key, the person was erased; the row says that this is no loss.
CREATE TABLE es.subject_key (
    subject     uuid        PRIMARY KEY,
    wrapped_key bytea,
    kek_id      text        REFERENCES es.key_encryption_key DEFERRABLE INITIALLY DEFERRED,
    created_at  timestamptz NOT NULL DEFAULT now(),
    shredded_at timestamptz,
    CHECK ((wrapped_key IS NULL) = (shredded_at IS NOT NULL)),
    CHECK ((wrapped_key IS NULL) = (kek_id IS NULL))
);
CREATE INDEX ON es.subject_key (kek_id, subject);

ALTER TABLE read.accounts ADD COLUMN name text;
ALTER TABLE read.accounts ADD COLUMN erased boolean NOT NULL DEFAULT false;
