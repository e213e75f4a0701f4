-- localization.signals: what each signal is: its number in the design, whom it blames, and what it says.
-- grain: one row per signal
-- is_hint: a place in the run rather than evidence; alone it names no step. Made from queries/localization/signals.csv
create table if not exists localization.signals (
    signal varchar not null,
    code varchar not null,
    class varchar not null,
    is_hint boolean not null,
    about varchar not null
);
