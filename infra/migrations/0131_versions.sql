-- Which version of a subscription staff has before it; until it changes or the read
-- model is rebuilt, none.
ALTER TABLE read.subscriptions ADD COLUMN version bigint NOT NULL DEFAULT 0;
