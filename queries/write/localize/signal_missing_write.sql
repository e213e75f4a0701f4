-- S5: nobody tried to write what should have changed: the answer that says it is done, or that follows a go-ahead.
-- grain: one row per step that said something, and signal
insert into localized_signals by name
with expected as (
    select distinct
        run_id,
        found
    from localized_diff_values
    where side = 'expected' and length(found) >= 4 and regexp_matches(found, '[0-9]')
    union
    select
        run_id,
        entity_text as found
    from localized_entities
),

named as (
    select
        due.run_id,
        due.k,
        string_agg(distinct expected.found, ', ' order by expected.found) as found
    from localized_due as due
    inner join expected
        on due.run_id = expected.run_id and contains(lower(due.said), expected.found)
        and not list_contains(due.written_values, expected.found)
    group by due.run_id, due.k
),

cued as (
    select
        due.*,
        claims.phrase as claim,
        proposals.phrase is not null or due.asks as is_proposal,
        agreed.phrase as go_ahead,
        refusals.phrase as refusal,
        named.found as named
    from localized_due as due
    left join named on due.run_id = named.run_id and due.k = named.k
    left join localized_cues as claims on due.run_id = claims.run_id and due.k = claims.k and claims.cue = 'claim'
    left join localized_cues as proposals
        on due.run_id = proposals.run_id and due.k = proposals.k and proposals.cue = 'proposal'
    left join localized_cues as refusals
        on due.run_id = refusals.run_id and due.k = refusals.k and refusals.cue = 'refusal'
    left join localized_cues as agreed
        on due.run_id = agreed.run_id and due.user_k = agreed.k and agreed.cue = 'go_ahead'
),

claims as (
    select
        *,
        case
            when bad > 0 then 'claim_after_bad_write'
            when is_proposal then 'claim_and_question_while_due'
            when tried = 0 then 'claim_without_write'
            when named is not null then 'claim_without_this_write'
            else 'claim_after_other_write'
        end as signal
    from cued
    where claim is not null
)

select
    run_id,
    k,
    signal,
    'says "' || claim || '", and no write went through on ' || entities as evidence,
    [k] as evidence_ks
from claims
union all
select
    run_id,
    k,
    'claim_names_expected' as signal,
    'names ' || named || ', which was expected in ' || entities as evidence,
    [k] as evidence_ks
from claims
where named is not null and signal in ('claim_without_write', 'claim_without_this_write')
union all
select
    run_id,
    k,
    'claim_after_go_ahead' as signal,
    'says "' || claim || '" after the user had said "' || go_ahead || '", and no write was tried on ' || entities
        as evidence,
    [user_k, k] as evidence_ks
from claims
where signal in ('claim_without_write', 'claim_without_this_write') and go_ahead is not null and is_first
union all
select
    run_id,
    max(k) as k,
    'last_claim_without_write' as signal,
    'the last to say so' as evidence,
    [max(k)] as evidence_ks
from claims
where signal in ('claim_without_write', 'claim_without_this_write')
group by run_id
union all
select
    run_id,
    min(k) as k,
    'first_claim_without_write' as signal,
    'the first to say so' as evidence,
    [min(k)] as evidence_ks
from claims
where signal in ('claim_without_write', 'claim_without_this_write')
group by run_id
union all
select
    run_id,
    k,
    case when is_proposal then 'asked_again' else 'go_ahead_not_carried_out' end as signal,
    'follows "' || go_ahead || '" of the user, and no write was tried on ' || entities as evidence,
    [user_k, k] as evidence_ks
from cued
where go_ahead is not null and tried = 0 and is_first
union all
select
    run_id,
    k,
    'refusal' as signal,
    'says "' || refusal || '", and no write was tried on ' || entities as evidence,
    [k] as evidence_ks
from cued
where refusal is not null and claim is null
union all
select
    steps.run_id,
    steps.k,
    'handed_over_instead' as signal,
    'handed over, and no write went through on ' || due.entities as evidence,
    [steps.k] as evidence_ks
from localized_steps as steps
inner join localized_due_runs as due on steps.run_id = due.run_id
where steps.kind = 'escalation'
