-- Trials, pauses, blocks.
ALTER TABLE read.plans ADD COLUMN trial_days integer NOT NULL DEFAULT 0;

ALTER TABLE read.subscriptions
    ADD COLUMN trial_end timestamptz,
    ADD COLUMN pause_at timestamptz,
    ADD COLUMN resume_at timestamptz,
    ADD COLUMN blocked_at timestamptz;

ALTER TABLE read.alarms
    ADD COLUMN yearly boolean NOT NULL DEFAULT false,
    ADD COLUMN trial boolean NOT NULL DEFAULT false,
    ADD COLUMN pausing boolean NOT NULL DEFAULT false,
    ADD COLUMN blocked boolean NOT NULL DEFAULT false,
    ADD COLUMN held timestamptz;
-- An end is now of what is paid for alone; until when a notice is due is counted anew.
UPDATE read.alarms SET ends_at = NULL WHERE due IS NULL OR kind = 'dunning_step';
UPDATE read.alarms SET yearly = ends_at - notice_at > interval '5 days'
WHERE ends_at IS NOT NULL AND notice_at IS NOT NULL;
