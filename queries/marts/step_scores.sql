-- Every step that a signal speaks for, with its score and its share of all steps of its run.
-- grain: one row per step of a run that is known to be bad
-- score: the sum of the weights of its signals, each once. share: exp(score) among all steps that can be to blame, those
-- without a signal included (a score of 0): where little speaks for anything, no step has much of it.
with signals as (
    select
        run_id,
        step_place,
        step_id,
        kind,
        name,
        agent,
        signal,
        class,
        is_hint,
        string_agg(evidence, '; ' order by evidence) as evidence,
        flatten(list(evidence_step_ids order by evidence)) as evidence_step_ids
    from facts.signals
    group by all
),

scored as (
    select
        signals.run_id,
        signals.step_place,
        signals.step_id,
        signals.kind,
        signals.name,
        signals.agent,
        runs.basis,
        runs.candidates,
        sum(coalesce(weights.weight, 0)) as score,
        bool_or(not signals.is_hint and coalesce(weights.weight, 0) > 0) as has_evidence,
        arg_max(
            signals.class, (not signals.is_hint, coalesce(weights.weight, 0), signals.signal)
        ) as class,
        list(
            {
                'signal': signals.signal, 'weight': coalesce(weights.weight, 0), 'evidence': signals.evidence,
                'step_ids': list_distinct(signals.evidence_step_ids)
            }
            order by coalesce(weights.weight, 0) desc, signals.signal
        ) as evidence
    from signals
    inner join facts.localized_runs as runs on signals.run_id = runs.run_id
    left join facts.signal_weights as weights on signals.signal = weights.signal and runs.basis = weights.basis
    group by all
)

select
    * exclude (candidates),
    round(
        exp(score::double) / (
            sum(exp(score::double)) over (partition by run_id)
            + greatest(candidates - count(*) over (partition by run_id), 0)
        ), 6
    ) as share
from scored
