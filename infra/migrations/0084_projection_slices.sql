-- Several workers may share a read model: each has the streams of one slice of the
-- partitions, and reads at a pace of its own.
ALTER TABLE read.projection
    ADD COLUMN slice smallint NOT NULL DEFAULT 0,
    ADD COLUMN slices smallint NOT NULL DEFAULT 1,
    -- Moved by whatever an engine must not overlook that has begun a batch already.
    ADD COLUMN revision bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT projection_pkey,
    ADD PRIMARY KEY (name, slice);
