-- People's judgements of steps.
-- grain: one row per annotation
select * from staging.annotations
