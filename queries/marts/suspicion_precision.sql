-- How often each suspicion was right: of the checked runs that have it, the share that was found wrong.
-- grain: one row per suspicion
-- on_good_share: of the runs that were checked and found right, the share that has it anyway (false suspicions).
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
)

select
    suspected.suspicion,
    count(*) as checked_runs,
    count(*) filter (where checked.is_bad) as bad_runs,
    macros.share(count(*) filter (where checked.is_bad), count(*)) as precision_share,
    macros.wilson_low(count(*) filter (where checked.is_bad), count(*)) as precision_low,
    macros.wilson_high(count(*) filter (where checked.is_bad), count(*)) as precision_high,
    macros.share(
        count(*) filter (where not checked.is_bad),
        (select count(*) from checked
        where not is_bad)
    ) as on_good_share
from suspected
inner join checked on suspected.run_id = checked.run_id
group by suspected.suspicion
