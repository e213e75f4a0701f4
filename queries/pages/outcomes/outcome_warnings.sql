-- What makes the word 'verified' doubtful, by workflow.
-- grain: one row per workflow and warning
select *
from marts.outcome_warnings
order by workflow nulls last, warning
