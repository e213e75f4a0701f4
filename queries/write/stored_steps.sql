-- Which of the suspects the ledger holds, and with which content.
-- grain: one row per suspect that is stored
select
    steps.step_key,
    steps.content_hash
from ledger.steps as steps
inner join suspects
    on
        steps.step_key = suspects.step_key
        and steps.run_id = suspects.run_id
        and steps.step_id = suspects.step_id
where steps.started_at between $earliest and $latest
