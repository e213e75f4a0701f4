-- Verified: what somebody checked in the real world afterwards; the latest of a run counts.
-- grain: one row per check
select * from staging.verifications
