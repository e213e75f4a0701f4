-- The steps to blame of one run with their places, and where its failure showed and was claimed to be none.
-- grain: one row per rank, one without a step where nothing can be told, none where the run is not known to be bad
-- param run_id varchar default null: the run
-- evidence: a list of {signal, weight, evidence, step_ids}, the weightiest first; evidence_steps:
-- {step_id, position, name} of all the steps that show it.
with steps as materialized (
    select
        step_id,
        position,
        coalesce(name, span_name, kind) as name
    from facts.steps_in_order($run_id::varchar)
),

culprits as materialized (
    select *
    from marts.culprits
    where run_id = $run_id::varchar
),

evidence_of as (
    select distinct
        rank,
        unnest(flatten(list_transform(evidence, said -> said.step_ids))) as step_id
    from culprits
),

evidence_steps as (
    select
        evidence_of.rank,
        list(
            { 'step_id': steps.step_id, 'position': steps.position, 'name': steps.name } order by steps.position
        ) as steps
    from evidence_of
    inner join steps on evidence_of.step_id = steps.step_id
    group by evidence_of.rank
)

select
    culprits.rank,
    culprits.step_id,
    here.position,
    coalesce(here.name, culprits.name, culprits.kind) as name,
    culprits.kind,
    culprits.agent,
    culprits.role,
    culprits.confidence,
    culprits.band,
    culprits.abstained,
    culprits.class,
    culprits.evidence,
    coalesce(evidence_steps.steps, []) as evidence_steps,
    culprits.bad_by,
    culprits.basis,
    culprits.symptom_step_id,
    symptom.position as symptom_position,
    culprits.claim_step_id,
    claim.position as claim_position
from culprits
left join evidence_steps on culprits.rank = evidence_steps.rank
left join steps as here on culprits.step_id = here.step_id
left join steps as symptom on culprits.symptom_step_id = symptom.step_id
left join steps as claim on culprits.claim_step_id = claim.step_id
order by culprits.rank
