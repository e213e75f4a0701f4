-- Analyse run_reads: what the runs read before they wrote anything, to compare what the same question was answered elsewhere.
-- grain: one row per read with arguments
insert into rollup.run_reads by name
select
    calls.run_id,
    steps.workflow,
    steps.env,
    coalesce(runs.verified = 'success', false) as is_passing,
    calls.asked,
    md5(calls.output) as answered,
    steps.batch_id,
    steps.trace_id,
    steps.step_id
from localized_calls as calls
inner join localized_steps as steps on calls.run_id = steps.run_id and calls.k = steps.k
inner join localized_runs as runs on calls.run_id = runs.run_id
where calls.write_number = 0 and not calls.is_write and not calls.is_error and calls.output is not null
    and calls.input <> '{}' and (coalesce(runs.verified = 'success', false) or runs.bad_by is not null)
