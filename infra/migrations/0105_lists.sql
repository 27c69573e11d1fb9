-- None of what is new here had been recorded before, so that rows are right as they are.
ALTER TABLE read.films
    ADD aliases text[] NOT NULL DEFAULT '{}',
    ADD plans uuid[] NOT NULL DEFAULT '{}',
    ADD windows jsonb NOT NULL DEFAULT '[]',
    ADD seasons jsonb NOT NULL DEFAULT '[]',
    -- Lists are of read.listings, and so are the indexes that are for them.
    DROP popularity;
DO $$
DECLARE
    name regclass;
BEGIN
    FOR name IN SELECT indexrelid FROM pg_index
        WHERE indrelid = 'read.films'::regclass AND NOT indisprimary
    LOOP
        EXECUTE format('DROP INDEX %s', name);
    END LOOP;
END $$;
CREATE INDEX ON read.films USING gin (person_ids) WHERE archived_at IS NULL;

-- A word of a name by its beginning.
CREATE INDEX ON read.people
    USING gin (array_to_tsvector(string_to_array(sort_name, ' ')))
    WHERE archived_at IS NULL;

CREATE TABLE read.listings (
    id uuid PRIMARY KEY,
    release_date date,
    score smallint,
    popularity integer NOT NULL,
    rating smallint,
    age_rating smallint,
    type text NOT NULL,
    access text NOT NULL,
    sort_title text NOT NULL,
    title_ru text,
    title_en text,
    title_original text,
    countries text[] NOT NULL,
    genre_ids uuid[] NOT NULL,
    windows jsonb NOT NULL,
    archived_at timestamptz,
    -- Where a film stands in shops: one value to filter by instead of three.
    shelf text NOT NULL GENERATED ALWAYS AS
        (type || '/' || access || '/' || coalesce(age_rating::text, '')) STORED,
    -- NULL is tested in no time; most films are shown always and everywhere.
    limited_to jsonb GENERATED ALWAYS AS (nullif(windows, '[]')) STORED
);
-- In each order, with all that is filtered by: what does not pass costs no row.
CREATE INDEX ON read.listings (rating, id)
    INCLUDE (shelf, release_date, genre_ids, countries, limited_to)
    WHERE archived_at IS NULL;
CREATE INDEX ON read.listings (release_date, id)
    INCLUDE (shelf, genre_ids, countries, limited_to)
    WHERE archived_at IS NULL;
CREATE INDEX ON read.listings (popularity, id)
    INCLUDE (shelf, release_date, genre_ids, countries, limited_to)
    WHERE archived_at IS NULL;
CREATE INDEX ON read.listings (sort_title, id)
    INCLUDE (shelf, release_date, genre_ids, countries, limited_to)
    WHERE archived_at IS NULL;
-- For what few films pass.
CREATE INDEX ON read.listings USING gin (genre_ids, countries)
    WHERE archived_at IS NULL;
CREATE INDEX ON read.listings (shelf, release_date) WHERE archived_at IS NULL;

-- The rule of projections/visibility.py. It is cheap: plans must not avoid it.
CREATE FUNCTION read.is_available(windows jsonb, now timestamptz, country text)
RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 5 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM jsonb_to_recordset(windows)
            AS w (opens timestamptz, closes timestamptz, countries text[])
        WHERE (opens IS NULL OR opens <= now) AND (closes IS NULL OR now < closes)
        AND (countries = '{}' OR country = ANY (countries))
    );
END $$;

CREATE TABLE read.collections (
    id uuid PRIMARY KEY,
    title_ru text,
    title_en text,
    sort_title text NOT NULL,
    slug text,
    description_ru text,
    description_en text,
    film_ids uuid[] NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    archived_at timestamptz,
    version bigint NOT NULL
);
