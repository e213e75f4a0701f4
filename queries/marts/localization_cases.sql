-- What calibration learns from: of each bad run the steps that a signal speaks for, and the one that a person named.
-- grain: one row per step of a bad run that a signal speaks for or a person named
-- is_named: an annotation with the label culprit, root or root cause is on it. candidates: steps of the run that can be to blame.
with named as (
    select distinct
        run_id,
        step_id
    from facts.annotations
    where lower(replace(label, '_', ' ')) in ('culprit', 'root', 'root cause') and step_id is not null
),

spoken_for as (
    select
        run_id,
        step_id,
        min(step_place) as step_place,
        list_sort(list(distinct signal)) as signals
    from facts.signals
    group by run_id, step_id
)

select
    runs.run_id,
    coalesce(spoken_for.step_id, named.step_id) as step_id,
    spoken_for.step_place,
    coalesce(spoken_for.signals, []) as signals,
    named.step_id is not null as is_named,
    runs.candidates,
    runs.basis
from spoken_for
full join named on spoken_for.run_id = named.run_id and spoken_for.step_id = named.step_id
inner join facts.localized_runs as runs on coalesce(spoken_for.run_id, named.run_id) = runs.run_id
