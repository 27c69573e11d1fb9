-- Up to where in the log invoices have their numbers, and which was the last of each
-- series. One row: whoever holds it numbers.
CREATE TABLE work.numbering (
    the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
    position bigint NOT NULL DEFAULT 0,
    series jsonb NOT NULL DEFAULT '{}'
);
INSERT INTO work.numbering DEFAULT VALUES;
