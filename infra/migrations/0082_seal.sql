-- Blocks of settled events of the main log, each chained to the one before by its hash.
-- How leaves, roots and hashes are made: docs/adr/0031-a-seal-beside-the-log.md.
CREATE TABLE es.block (
    no        bigint      PRIMARY KEY,  -- 1, 2, 3, …
    first     bigint      NOT NULL,     -- positions, both included
    last      bigint      NOT NULL,
    root      bytea       NOT NULL,     -- of the Merkle tree over its events
    previous  bytea       NOT NULL,     -- the hash of the block before; zeros before the first
    hash      bytea       NOT NULL,
    sealed_at timestamptz NOT NULL,
    -- The first eight bytes of each leaf. They tell which event of a block is not the one
    -- that was sealed; that one is not is proved by the root.
    marks     bytea       NOT NULL
);
ALTER TABLE es.block ALTER COLUMN marks SET STORAGE EXTERNAL;
