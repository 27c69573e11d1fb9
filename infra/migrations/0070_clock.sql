CREATE SCHEMA IF NOT EXISTS work;

-- One row: how far the sandbox's clock is ahead of the machine's.
CREATE TABLE work.clock (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    ahead interval NOT NULL DEFAULT '0'
);
INSERT INTO work.clock DEFAULT VALUES;

-- One row once the first start has made what it makes.
CREATE TABLE work.founding (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    founded_at timestamptz NOT NULL DEFAULT now()
);
