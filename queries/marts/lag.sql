-- How fresh the data is: the last arrivals of each source, and how long commits and the way here take.
-- grain: one row per source
-- Over the newest 2,000 deliveries of each source: commit_* from receipt to commit; arrival_p50_ms from a step's end, where its sender said
-- one, to its receipt (a sender's clock that is wrong shows here).
with recent as (
    select * from facts.batches
    qualify row_number() over (partition by source order by batch_id desc) <= 2000
),

arrivals as (
    select
        recent.source,
        median(date_diff('millisecond', steps.ended_at, steps.ingested_at)) as arrival_p50_ms
    from recent
    inner join facts.steps as steps on recent.batch_id = steps.batch_id
    where steps.time_basis = 'event' and steps.ended_at is not null
    group by recent.source
),

commits as (
    select
        source,
        quantile_cont(commit_ms, 0.5) as commit_p50_ms,
        quantile_cont(commit_ms, 0.99) as commit_p99_ms
    from recent
    group by source
)

select
    batches.source,
    max(batches.received_at) as last_received_at,
    max(batches.committed_at) as last_committed_at,
    any_value(commits.commit_p50_ms) as commit_p50_ms,
    any_value(commits.commit_p99_ms) as commit_p99_ms,
    any_value(arrivals.arrival_p50_ms) as arrival_p50_ms
from facts.batches as batches
left join commits on batches.source = commits.source
left join arrivals on batches.source = arrivals.source
group by batches.source
