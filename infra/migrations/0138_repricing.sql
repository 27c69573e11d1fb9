-- To which version of the price those who have a plan are moved, and not before when.
ALTER TABLE read.plans ADD moving_to integer, ADD moving_at timestamptz;
