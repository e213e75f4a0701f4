-- What speaks for which step of the runs that are known to be bad: the evidence of localization.
-- grain: one row per step, signal and piece of evidence
-- Worked out by the collector after the run itself (queries/write/localize/). step_place: the step's place in the run, from 1.
-- evidence says it in words with the values themselves; evidence_step_ids are the steps that show it. code: the number of the
-- signal in the design; class: whom it blames; is_hint: a place in the run, which alone names no step.
select
    found.* exclude (run_key),
    described.code,
    described.class,
    described.is_hint
from rollup.signals as found
left join localization.signal_words as described on found.signal = described.signal
