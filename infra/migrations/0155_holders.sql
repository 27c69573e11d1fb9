-- All who hold claims, looked up once for a whole batch of them.
CREATE FUNCTION work.holders() RETURNS integer[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(objid::bigint::integer), '{}') FROM pg_locks
    WHERE locktype = 'advisory' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (classid, objsubid) = (x'7768'::int::oid, 2)
$$;
