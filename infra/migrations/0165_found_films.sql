-- Editors find a film by parts of words in any of its titles; what is too short for that,
-- by the beginning of a word.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION read.in_one(texts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_to_string(texts, ' ') $$;

ALTER TABLE read.films
    ADD found_by text NOT NULL GENERATED ALWAYS AS (
        ' ' || replace(lower(read.in_one(
            ARRAY[title_ru, title_en, title_original] || aliases
        )), 'ё', 'е')
    ) STORED,
    -- What is shown to who reads English is sorted by.
    ADD sort_title_en text NOT NULL GENERATED ALWAYS AS (
        replace(lower(coalesce(title_en, title_ru, title_original, '')), 'ё', 'е')
    ) STORED;
CREATE INDEX ON read.films USING gin (found_by gin_trgm_ops);
CREATE INDEX ON read.films (sort_title_en, id);
