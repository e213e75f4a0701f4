-- localization.weights: how much each signal speaks for a step; append-only, the newest version holds.
-- grain: one row per version and signal
-- weight: natural logarithm of the odds that it adds; fitted by `tachograph calibrate`
create table if not exists localization.weights (
    version bigint not null,
    made_by varchar not null,
    signal varchar not null,
    weight decimal(9, 4) not null
);
