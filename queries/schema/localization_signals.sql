-- localization.signal_words: what each signal is: its number in the design, whom it blames, and what it says.
-- grain: one row per signal
-- prior_weight: what it weighed before anything was measured: fitted weights are drawn towards it, and
-- where is_fitted is false it stays: the words that injected faults use would weigh too much. is_hint: a place in the run rather than evidence; alone it names no step. Made from queries/localization/signals.csv
create table if not exists localization.signal_words (
    signal varchar not null,
    code varchar not null,
    class varchar not null,
    is_hint boolean not null,
    prior_weight decimal(9, 4) not null,
    is_fitted boolean not null,
    about varchar not null
);
