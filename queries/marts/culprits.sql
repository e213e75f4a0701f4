-- The three steps of each bad run that most speaks for, with evidence and confidence; or that it cannot be told.
-- grain: one row per run that is known to be bad and rank; a run of which nothing can be told has one row without a step
-- role: root (to blame), symptom (where it came to light) or claim (what was said of it); rank 1 is always root, a lower rank
-- too where it is neither of the others. confidence: how often a step with this share of the score was the right one
-- (facts.signal_reliability). abstained: no evidence, or too little to name a step: the rows below are hints, not an answer.
with ranked as (
    select
        *,
        row_number() over (partition by run_id order by score desc, step_place asc) as rank
    from marts.step_scores
),

judged as (
    select
        ranked.*,
        reliability.probability as confidence,
        reliability.band,
        reliability.version as weights_version
    from ranked
    left join facts.signal_reliability as reliability
        on
            ranked.basis = reliability.basis
            and ranked.share >= reliability.share_from
            and ranked.share < reliability.share_below
    where ranked.rank <= 3
)

select
    runs.run_id,
    judged.rank,
    judged.step_id,
    judged.kind,
    judged.name,
    judged.agent,
    case
        when judged.rank = 1 then 'root'
        when judged.step_id = runs.symptom_step_id then 'symptom'
        when judged.step_id = runs.claim_step_id then 'claim'
        when judged.rank > 1 then 'root'
    end as role,
    judged.score,
    judged.share,
    judged.confidence,
    judged.band,
    coalesce(not judged.has_evidence or judged.share < 0.12, true) as abstained,
    judged.class,
    judged.evidence,
    runs.bad_by,
    runs.basis,
    runs.symptom_step_id,
    runs.claim_step_id,
    judged.weights_version
from facts.localized_runs as runs
left join judged on runs.run_id = judged.run_id
