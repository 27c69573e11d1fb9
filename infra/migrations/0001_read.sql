CREATE SCHEMA read;

CREATE TABLE read.projection (
    name text PRIMARY KEY,
    position bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE read.parked (
    name text NOT NULL,
    stream text NOT NULL,
    position bigint NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (name, stream)
);
