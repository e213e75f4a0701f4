-- S3 before anything was written: a write that failed had some of the expected arguments, and one that nobody expected; and
-- the step that had given it.
-- grain: one row per failed write, and per step that gave the argument
insert into localized_signals by name
with failed as (
    select
        attempts.run_id,
        attempts.k,
        attempts.name,
        attempts.entity,
        known.found,
        known.path,
        known.producer_k,
        known.out_k
    from localized_attempts as attempts
    inner join localized_known as known on attempts.run_id = known.run_id and attempts.k = known.k
    where attempts.is_error and attempts.expected_values > 0
        and not contains(lower(attempts.entity), known.found)
        and not exists (
            select 1
            from localized_diff_values as expected
            where expected.run_id = attempts.run_id and expected.side in ('expected', 'before')
                and expected.found = known.found
        )
)

select
    run_id,
    k,
    'failed_with_unexpected_argument' as signal,
    name || ' was given ' || string_agg(distinct found, ', ') || ', which nobody expected' as evidence,
    [k] as evidence_ks
from failed
group by run_id, k, name
union all
select
    run_id,
    out_k as k,
    'gave_unexpected_argument' as signal,
    'gave ' || found || ' (' || path || '), with which step ' || k || ' failed' as evidence,
    [out_k, k] as evidence_ks
from failed
where out_k is not null
