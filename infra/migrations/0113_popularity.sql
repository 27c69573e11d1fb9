-- When the popularity of films was measured last.
CREATE TABLE viewing.measurement (
    moment timestamptz NOT NULL
);
INSERT INTO viewing.measurement VALUES ('1970-01-01T00:00:00Z');
