-- What is looked for, by day, without who it was. Bounded: see infra/postgres/searches.py.
CREATE TABLE work.searches (
    day date NOT NULL,
    words text NOT NULL,
    times integer NOT NULL,
    films integer NOT NULL,
    PRIMARY KEY (day, words)
);
