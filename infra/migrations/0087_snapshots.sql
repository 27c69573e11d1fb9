-- States of long streams, so that a command need not read all of one. Never needed: what
-- is here may be deleted at any time. See docs/adr/0036-snapshots-of-long-streams.md.
CREATE TABLE es.snapshot (
    stream     text   PRIMARY KEY,
    version    bigint NOT NULL,  -- and position and command: the last event that is in it
    position   bigint NOT NULL,
    command_id uuid   NOT NULL,
    program    bytea  NOT NULL,  -- the digest of what folded it
    kind       text   NOT NULL,  -- the class of the state
    state      bytea  NOT NULL,  -- as JSON
    checksum   bytea  NOT NULL
);
