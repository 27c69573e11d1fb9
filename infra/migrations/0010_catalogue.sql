CREATE TABLE read.films (
    id uuid PRIMARY KEY,
    title_ru text,
    title_en text,
    title_original text,
    sort_title text NOT NULL,
    description_ru text,
    description_en text,
    type text NOT NULL,
    access text NOT NULL,
    release_date date,
    rating smallint,
    popularity integer NOT NULL,
    age_rating smallint,
    countries text[] NOT NULL,
    certificate text,
    media text,
    genre_ids uuid[] NOT NULL,
    person_ids uuid[] NOT NULL,
    roles text[] NOT NULL,
    added_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    archived_at timestamptz,
    version bigint NOT NULL
);
CREATE INDEX ON read.films USING gin (genre_ids) WHERE archived_at IS NULL;
CREATE INDEX ON read.films USING gin (person_ids) WHERE archived_at IS NULL;
-- What has no value comes last in either direction.
CREATE INDEX ON read.films (coalesce(rating, -1), id) WHERE archived_at IS NULL;
CREATE INDEX ON read.films (coalesce(rating, 101), id) WHERE archived_at IS NULL;
CREATE INDEX ON read.films (coalesce(release_date, '-infinity'), id)
    WHERE archived_at IS NULL;
CREATE INDEX ON read.films (coalesce(release_date, 'infinity'), id)
    WHERE archived_at IS NULL;
CREATE INDEX ON read.films (coalesce(popularity, 0), id) WHERE archived_at IS NULL;
CREATE INDEX ON read.films (coalesce(sort_title, ''), id) WHERE archived_at IS NULL;

CREATE TABLE read.genres (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    sort_name text NOT NULL,
    description text,
    added_at timestamptz NOT NULL,
    archived_at timestamptz,
    version bigint NOT NULL
);

CREATE TABLE read.people (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    sort_name text NOT NULL,
    birth_date date,
    added_at timestamptz NOT NULL,
    archived_at timestamptz,
    version bigint NOT NULL
);
CREATE INDEX ON read.people (sort_name, id) WHERE archived_at IS NULL;
