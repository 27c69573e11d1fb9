-- One log: its events, the receipts of handled commands, the positions of its followers,
-- and its append. The names in braces are filled in by `log.py`; one set per application.

CREATE TABLE IF NOT EXISTS {events} (
    position    bigint      NOT NULL,  -- 1, 2, 3, … without gaps, in the order of the commits
    stream      text        NOT NULL,
    version     bigint      NOT NULL,
    type        text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    command_id  uuid        NOT NULL,  -- tells our own lost answer from another's conflict
    partition   smallint    NOT NULL,
    metadata    bytea       NOT NULL,
    payload     bytea       NOT NULL,
    PRIMARY KEY (stream, version)
);
CREATE UNIQUE INDEX IF NOT EXISTS {events_position} ON {events} (position);

CREATE TABLE IF NOT EXISTS {receipts} (
    command_id  uuid PRIMARY KEY,
    stream      text        NOT NULL,
    version     bigint      NOT NULL,  -- how the command left its stream
    position    bigint      NOT NULL,  -- of its last event; of the log's, if it had none
    fingerprint bytea       NOT NULL,
    handled_at  timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS {tracking} (
    follower  text     NOT NULL,
    partition smallint NOT NULL,
    position  bigint   NOT NULL,
    PRIMARY KEY (follower, partition)
) WITH (fillfactor = 50);

-- Appends a batch of commands in one transaction, each of them wholly or not at all.
-- The commands are numbered from 1: each event, receipt and move of a follower names its
-- own. The version that a command expects of a stream is the one before the first that
-- it brings. Answers with the last position of each command (of the log, if it has no
-- events); null is a command that did not get in, and -1 one that was not decided,
-- because another command of the batch came first: of two such, one is always decided.
--
-- Why the lock: positions must become visible in their own order, or a reader at n passes
-- over n - 1. It is held through the flush, once for the whole batch, and is the server's
-- to release: a client that dies or stalls cannot keep it, because this call is the whole
-- transaction.
-- Why plpgsql, volatile: each statement in it takes its snapshot after the lock is granted.
-- Why generic plans: planning took longer than running.
CREATE OR REPLACE FUNCTION {append} (
    command_ids uuid[], recorded_ats timestamptz[],
    commands int[], streams text[], versions bigint[], types text[], partitions smallint[],
    metadatas bytea[], payloads bytea[],
    receipt_commands int[], receipt_streams text[], receipt_versions bigint[],
    fingerprints bytea[],
    move_commands int[], followers text[], shards smallint[], olds bigint[], news bigint[]
) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    head  bigint;
    lost  int[];     -- commands that do not get in
    late  int[];     -- those of them that may, once the batch is over
    lasts bigint[];
    n     int;
BEGIN
    PERFORM pg_advisory_xact_lock({lock_class}, {events_name}::regclass::oid::int);
    SELECT coalesce(max(e.position), 0) INTO head FROM {events} e;

    -- Stale: a stream is not where the command thinks (a new one begins at 1, or at 0 as
    -- some of the library's), or its versions have a hole or a double.
    -- Late: it would fit, had not an earlier command of this batch come first.
    SELECT coalesce(array_agg(t.command) FILTER (WHERE t.stale), '{{}}'),
        coalesce(array_agg(t.command)
            FILTER (WHERE NOT t.stale AND t.command <> t.first), '{{}}')
    INTO lost, late
    FROM (
        SELECT s.*,
            min(s.command) FILTER (WHERE NOT s.stale) OVER (PARTITION BY s.stream) AS first
        FROM (
            SELECT g.command, g.stream,
                max(g.version) - min(g.version) + 1 <> count(*)
                OR min(g.version) <> coalesce(
                    (SELECT e.version + 1 FROM {events} e WHERE e.stream = g.stream
                     ORDER BY e.version DESC LIMIT 1),
                    least(greatest(min(g.version), 0), 1)) AS stale
            FROM unnest(commands, streams, versions) AS g (command, stream, version)
            GROUP BY g.command, g.stream) s) t;

    IF cardinality(receipt_commands) > 0 THEN
        lost := lost || ARRAY(
            SELECT i.ordinal::int FROM unnest(command_ids) WITH ORDINALITY AS i (id, ordinal)
            WHERE EXISTS (SELECT FROM {receipts} r WHERE r.command_id = i.id));
        late := late || ARRAY(
            SELECT i.ordinal::int FROM (
                SELECT i.ordinal, min(i.ordinal) OVER (PARTITION BY i.id) AS first
                FROM unnest(command_ids) WITH ORDINALITY AS i (id, ordinal)) i
            WHERE i.ordinal <> i.first);
    END IF;

    IF cardinality(move_commands) > 0 THEN
        -- Compare and set; without an old position: forward only.
        INSERT INTO {tracking}
            SELECT DISTINCT f, s, 0 FROM unnest(followers, shards) AS m (f, s)
            ORDER BY f, s ON CONFLICT DO NOTHING;
        PERFORM FROM {tracking} k
            WHERE (k.follower, k.partition) IN (SELECT * FROM unnest(followers, shards))
            ORDER BY k.follower, k.partition FOR UPDATE;
        SELECT lost || coalesce(array_agg(t.command) FILTER (WHERE t.stale), '{{}}'),
            late || coalesce(array_agg(t.command)
                FILTER (WHERE NOT t.stale AND t.command <> t.first), '{{}}')
        INTO lost, late
        FROM (
            SELECT s.*, min(s.command) FILTER (WHERE NOT s.stale)
                OVER (PARTITION BY s.follower, s.shard) AS first
            FROM (
                SELECT m.*,
                    m.new <= k.position OR coalesce(m.old <> k.position, false) AS stale
                FROM unnest(move_commands, followers, shards, olds, news)
                    AS m (command, follower, shard, old, new)
                JOIN {tracking} k ON (k.follower, k.partition) = (m.follower, m.shard)) s) t;
        UPDATE {tracking} k SET position = m.new
            FROM unnest(move_commands, followers, shards, news)
                AS m (command, follower, shard, new)
            WHERE (k.follower, k.partition) = (m.follower, m.shard)
                AND m.command <> ALL (lost || late);
    END IF;
    late := ARRAY(SELECT unnest(late) EXCEPT SELECT unnest(lost));

    INSERT INTO {events} (position, stream, version, type, recorded_at, command_id,
        partition, metadata, payload)
    SELECT head + row_number() OVER (ORDER BY g.ordinal), g.stream, g.version, g.type,
        recorded_ats[g.command], command_ids[g.command], g.partition, g.metadata, g.payload
    FROM unnest(commands, streams, versions, types, partitions, metadatas, payloads)
        WITH ORDINALITY
        AS g (command, stream, version, type, partition, metadata, payload, ordinal)
    WHERE g.command <> ALL (lost || late);

    lasts := array_fill(head, ARRAY[cardinality(command_ids)]);
    FOR n IN 1 .. cardinality(commands) LOOP
        CONTINUE WHEN commands[n] = ANY (lost) OR commands[n] = ANY (late);
        head := head + 1;
        lasts[commands[n]] := head;
    END LOOP;
    FOREACH n IN ARRAY lost LOOP
        lasts[n] := NULL;
    END LOOP;
    FOREACH n IN ARRAY late LOOP
        lasts[n] := -1;
    END LOOP;

    IF cardinality(receipt_commands) > 0 THEN
        INSERT INTO {receipts}
            SELECT command_ids[r.command], r.stream, r.version, lasts[r.command],
                r.fingerprint, recorded_ats[r.command]
            FROM unnest(receipt_commands, receipt_streams, receipt_versions, fingerprints)
                AS r (command, stream, version, fingerprint)
            WHERE lasts[r.command] >= 0;
    END IF;
    RETURN lasts;
END $$;

-- The same when nothing is in the way, as nearly always: it does not look for conflicts,
-- it runs into them. Answers with the log's head before it, from which its positions
-- follow; or null, or it fails on a unique index, and then {append} tells what it was.
-- ``befores`` are the versions that have to be there, null where a stream begins.
CREATE OR REPLACE FUNCTION {append_plain} (
    command_ids uuid[], recorded_ats timestamptz[],
    commands int[], streams text[], versions bigint[], befores bigint[], types text[],
    partitions smallint[], metadatas bytea[], payloads bytea[],
    receipt_commands int[], receipt_streams text[], receipt_versions bigint[],
    fingerprints bytea[], lasts bigint[]
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    head bigint;
BEGIN
    PERFORM pg_advisory_xact_lock({lock_class}, {events_name}::regclass::oid::int);
    SELECT coalesce(max(e.position), 0) INTO head FROM {events} e;
    IF EXISTS (
        SELECT FROM unnest(streams, befores) AS g (stream, before)
        WHERE g.before IS NOT NULL AND NOT EXISTS (
            SELECT FROM {events} e WHERE e.stream = g.stream AND e.version = g.before)
    ) THEN
        RETURN NULL;
    END IF;
    INSERT INTO {events} (position, stream, version, type, recorded_at, command_id,
        partition, metadata, payload)
    SELECT head + g.ordinal, g.stream, g.version, g.type,
        recorded_ats[g.command], command_ids[g.command], g.partition, g.metadata, g.payload
    FROM unnest(commands, streams, versions, types, partitions, metadatas, payloads)
        WITH ORDINALITY
        AS g (command, stream, version, type, partition, metadata, payload, ordinal);
    IF cardinality(receipt_commands) > 0 THEN
        INSERT INTO {receipts}
            SELECT command_ids[r.command], r.stream, r.version, head + r.last,
                r.fingerprint, recorded_ats[r.command]
            FROM unnest(receipt_commands, receipt_streams, receipt_versions, fingerprints,
                lasts) AS r (command, stream, version, fingerprint, last);
    END IF;
    RETURN head;
END $$;

-- The same for one command with one event, as they are when all is quiet: no arrays, one
-- statement. Its receipt is null if there is none.
CREATE OR REPLACE FUNCTION {append_one} (
    command uuid, happened_at timestamptz, of_stream text, of_version bigint, of_type text,
    of_partition smallint, its_metadata bytea, its_payload bytea,
    receipt_stream text, receipt_version bigint, its_fingerprint bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    place bigint;
BEGIN
    -- An expression: PERFORM would be a query of its own, and take as long as the rest.
    IF pg_advisory_xact_lock({lock_class}, {events_name}::regclass::oid::int) IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO {events} (position, stream, version, type, recorded_at, command_id,
        partition, metadata, payload)
    SELECT coalesce((SELECT max(e.position) FROM {events} e), 0) + 1,
        of_stream, of_version, of_type, happened_at, command, of_partition, its_metadata,
        its_payload
    WHERE of_version <= 1 OR EXISTS (
        SELECT FROM {events} e WHERE e.stream = of_stream AND e.version = of_version - 1)
    RETURNING {events}.position INTO place;
    IF place IS NOT NULL AND receipt_stream IS NOT NULL THEN
        INSERT INTO {receipts} VALUES (
            command, receipt_stream, receipt_version, place, its_fingerprint, happened_at);
    END IF;
    RETURN place - 1;
END $$;
