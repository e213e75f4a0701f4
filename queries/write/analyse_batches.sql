-- Analyse 2: the batches that brought the steps of these runs, so that only these are read.
-- grain: one row per batch
create or replace temp table analysed_batches as
select distinct unnest(totals.step_batch_ids) as batch_id
from rollup.step_totals as totals
semi join analysed_runs on totals.run_id = analysed_runs.run_id
