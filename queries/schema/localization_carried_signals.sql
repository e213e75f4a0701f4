-- localization.carried_signals: what speaks for a step by comparison with runs of another store, as a bundle brought it.
-- grain: one row per step, signal and piece of evidence
-- append-only. A bundle holds one run, not the passing runs that it was compared with: so it carries what the comparison gave.
create table if not exists localization.carried_signals (
    run_id varchar not null,
    step_id varchar not null,
    signal varchar not null,
    evidence varchar not null,
    bundle_sha256 varchar not null,
    carried_at timestamp not null
);
