-- Localize 10b: bad runs that asked what a passing run of this portion asked, or no longer counts for, are looked at again
-- where any of their reads deviates: so the answer is the same in whatever order runs came.
-- grain: one row per queued run
insert into rollup.changed_runs by name
with changed as (
    select * from localized_passing_reads
    union
    select
        reads.workflow,
        reads.env,
        reads.asked
    from rollup.run_reads as reads
    semi join analysed_runs on reads.run_id = analysed_runs.run_id
    where reads.is_passing
),

concerned as (
    select distinct reads.run_id
    from rollup.run_reads as reads
    inner join changed
        on reads.asked = changed.asked
        and reads.workflow is not distinct from changed.workflow and reads.env is not distinct from changed.env
    anti join analysed_runs on reads.run_id = analysed_runs.run_id
    where not reads.is_passing
),

deviating as (
    select own.run_id
    from rollup.run_reads as own
    semi join concerned on own.run_id = concerned.run_id
    inner join rollup.run_reads as other
        on own.asked = other.asked and own.answered <> other.answered and other.is_passing
        and own.workflow is not distinct from other.workflow and own.env is not distinct from other.env
    union
    select signals.run_id
    from rollup.signals as signals
    semi join concerned on signals.run_id = concerned.run_id
    where signals.signal = 'inconsistent_read'
)

select
    run_id,
    0 as batch_id
from deviating
