-- Declared: what agents said of their own runs; the last of a run counts.
-- grain: one row per final event
select * from staging.run_ends
