-- How often each suspicion was right: of the checked runs that have it, the share that was found wrong.
-- grain: one row per suspicion, and one for any of them
-- on_good_share: of the runs that were checked and found right (good_runs), the share that has it anyway: false alarms.
with checked as (
    select
        run_id,
        verified <> 'success' as is_bad
    from facts.runs
    where is_checked
),

suspected as (
    select distinct
        run_id,
        suspicion
    from facts.suspicions
    union all
    select distinct
        run_id,
        'any' as suspicion
    from facts.suspicions
),

good as (
    select count(*) as runs
    from checked
    where not is_bad
)

select
    suspected.suspicion,
    count(*) as checked_runs,
    count(*) filter (where checked.is_bad) as bad_runs,
    good.runs as good_runs,
    macros.share(count(*) filter (where checked.is_bad), count(*)) as precision_share,
    macros.wilson_low(count(*) filter (where checked.is_bad), count(*)) as precision_low,
    macros.wilson_high(count(*) filter (where checked.is_bad), count(*)) as precision_high,
    macros.share(count(*) filter (where not checked.is_bad), good.runs) as on_good_share
from suspected
inner join checked on suspected.run_id = checked.run_id
cross join good
group by suspected.suspicion, good.runs
