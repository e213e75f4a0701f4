-- S9: a read gave another answer than the same question in passing runs of the workflow and environment, before any write.
-- grain: one row per read and deviating value
-- Kept back where more than a third of the run's comparable reads differ (the world changed), and for tools whose answers
-- differ between passing runs in more than one of twenty cases.
insert into localized_signals by name
with asked as (
    select
        calls.run_id,
        calls.k,
        calls.name,
        steps.workflow,
        steps.env,
        calls.asked,
        md5(calls.output) as answered
    from localized_calls as calls
    inner join localized_steps as steps on calls.run_id = steps.run_id and calls.k = steps.k
    where calls.write_number = 0 and not calls.is_write and calls.output is not null and calls.input <> '{}'
),

elsewhere as (
    select
        asked.run_id,
        asked.k,
        asked.name,
        mode(reads.answered) as usual_answer,
        count(*) as readers,
        count(distinct reads.answered) as answers,
        bool_or(reads.answered = asked.answered) as is_same,
        arg_min({ 'run_id': reads.trace_id, 'step_id': reads.step_id, 'batch_id': reads.batch_id }, reads.run_id) as one
    from asked
    inner join rollup.run_reads as reads
        on asked.asked = reads.asked and asked.run_id <> reads.run_id and reads.is_passing
        and asked.workflow is not distinct from reads.workflow and asked.env is not distinct from reads.env
    group by all
),

guarded as (
    select
        *,
        avg((not is_same)::integer) over (partition by run_id) as differing_share
    from elsewhere
    where answers = 1
),

deviating as (
    select
        guarded.run_id,
        guarded.k,
        guarded.name,
        guarded.readers,
        own.output as own_output,
        contents.output as other_output
    from guarded
    inner join localized_calls as own on guarded.run_id = own.run_id and guarded.k = own.k
    inner join staging.step_contents as contents
        on guarded.one.run_id = contents.run_id and guarded.one.step_id = contents.step_id
        and guarded.one.batch_id = contents.batch_id
    where not guarded.is_same and guarded.differing_share <= 0.34
),

own_leaves as (
    select
        deviating.run_id,
        deviating.k,
        tree.fullkey as path,
        trim(tree.atom::varchar, '"') as found
    from deviating, json_tree(case when json_valid(own_output) then own_output else to_json(own_output) end) as tree
    where tree.atom is not null
),

other_leaves as (
    select
        deviating.run_id,
        deviating.k,
        tree.fullkey as path,
        trim(tree.atom::varchar, '"') as found
    from
        deviating,
        json_tree(case when json_valid(other_output) then other_output else to_json(other_output) end) as tree
    where tree.atom is not null
)

select
    deviating.run_id,
    deviating.k,
    'inconsistent_read' as signal,
    deviating.name || ' gave ' || lower(own_leaves.found) || ' (' || own_leaves.path || '), where ' || deviating.readers
    || ' passing runs were given ' || coalesce(other_leaves.found, 'nothing') as evidence,
    [deviating.k] as evidence_ks
from deviating
inner join own_leaves on deviating.run_id = own_leaves.run_id and deviating.k = own_leaves.k
left join other_leaves
    on own_leaves.run_id = other_leaves.run_id and own_leaves.k = other_leaves.k and own_leaves.path = other_leaves.path
where other_leaves.found is distinct from own_leaves.found
