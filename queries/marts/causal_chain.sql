-- How the step to blame led to what was found wrong: from the step that gave a value to the calls that used it, and to what
-- was said of it.
-- grain: one row per link of a bad run
-- link: value (from a step that gave it, null where nobody did, to a call that was given it), symptom (to the last step at
-- which the wrong state came to be), claim (to what the agent last said it had done). Only values that nobody expected: the others did no harm.
select
    flows.run_id,
    'value' as link,
    flows.from_step_id,
    flows.to_step_id,
    flows.to_step_place as place,
    flows.argument,
    flows.value
from facts.value_flows as flows
where not flows.is_expected
union all
select
    culprits.run_id,
    'symptom' as link,
    culprits.step_id as from_step_id,
    culprits.symptom_step_id as to_step_id,
    1e9::bigint as place,
    null::varchar as argument,
    null::varchar as value
from marts.culprits as culprits
where culprits.rank = 1 and culprits.symptom_step_id is not null and culprits.symptom_step_id <> culprits.step_id
union all
select
    culprits.run_id,
    'claim' as link,
    coalesce(culprits.symptom_step_id, culprits.step_id) as from_step_id,
    culprits.claim_step_id as to_step_id,
    2e9::bigint as place,
    null::varchar as argument,
    null::varchar as value
from marts.culprits as culprits
where culprits.rank = 1 and culprits.claim_step_id is not null and culprits.claim_step_id <> culprits.step_id
