-- A claim ends with its holder: whoever claims has a session whose number is locked, and
-- the server gives the lock back the moment the session ends, however it ends. The time
-- limits stay, for a holder that hangs, and for a number that a new session has got.
ALTER TABLE work.charging ADD COLUMN holder integer NOT NULL DEFAULT 0;
ALTER TABLE work.inbox ADD COLUMN holder integer NOT NULL DEFAULT 0;

CREATE FUNCTION work.is_there(holder integer) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (classid, objid, objsubid) = (x'7768'::int::oid, holder::oid, 2)
    )
$$;
