-- localization.signal_weights: how much each signal speaks for a step; append-only, the newest version holds.
-- grain: one row per version, basis and signal
-- basis: diff (the check said what it expected and found) or trace (nobody said that). weight: natural logarithm of the odds that it adds; fitted by `tachograph calibrate`
create table if not exists localization.signal_weights (
    version bigint not null,
    made_by varchar not null,
    basis varchar not null,
    signal varchar not null,
    weight decimal(9, 4) not null
);
