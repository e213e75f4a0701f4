-- Localize 14: what speaks for which step; each signal adds its rows.
-- grain: one row per step, signal and piece of evidence
create or replace temp table localized_signals (
    run_id varchar,
    k bigint,
    signal varchar,
    evidence varchar,
    evidence_ks bigint[]
)
