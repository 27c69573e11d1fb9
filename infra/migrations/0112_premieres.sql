-- What those who wait for a premiere wait for: the hour of its day, or that the film is
-- archived and there will be none.
CREATE FUNCTION viewing.premieres(zone text, hour integer)
RETURNS TABLE (id uuid, account_id uuid, film_id uuid, occasion timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT awaited.id, awaited.account_id, awaited.film_id, coalesce(
        film.archived_at,
        (film.release_date + make_interval(hours => hour)) AT TIME ZONE zone
    )
    FROM read.premieres_awaited AS awaited JOIN read.films AS film
        ON film.id = awaited.film_id
$$;
