-- Localize 10a: what these runs read as passing runs when they were last looked at.
-- grain: one row per question
create or replace temp table localized_passing_reads as
select distinct
    reads.workflow,
    reads.env,
    reads.asked
from rollup.run_reads as reads
semi join analysed_runs on reads.run_id = analysed_runs.run_id
where reads.is_passing
