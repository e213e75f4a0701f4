-- Localize 10: where each argument of a tool call was first known: who produced it.
-- grain: one row per tool call and argument that identifies something
-- known_k is null where nobody had said or produced the value before: it was invented, or comes from what was not captured.
create or replace temp table localized_known as
with asked as (
    select
        run_id,
        k,
        path,
        found,
        -- As people write it: without the sign in front, without a fraction of zeros.
        regexp_replace(found, '^[^a-z0-9]+|\.0+$', '', 'g') as core
    from localized_values
    where side = 'in' and is_identity
),

produced as (
    select
        asked.run_id,
        asked.k,
        asked.path,
        asked.found,
        asked.core,
        min(sources.k) filter (where sources.side = 'out') as out_k,
        min(sources.k) filter (where sources.side = 'said') as said_k
    from asked
    left join localized_values as sources
        on asked.run_id = sources.run_id and asked.k > sources.k and asked.found = sources.found
        and sources.side in ('out', 'said')
    group by all
),

heard as (
    select
        produced.run_id,
        produced.k,
        produced.path,
        produced.found,
        min(texts.k) as text_k
    from produced
    inner join localized_steps as texts
        on produced.run_id = texts.run_id and produced.k > texts.k
        and (
            contains(replace(lower(texts.output), ',', ''), produced.core)
            or texts.kind <> 'tool_call' and contains(replace(lower(texts.input), ',', ''), produced.core)
        )
    where produced.out_k is null and produced.said_k is null
    group by all
)

select
    produced.*,
    heard.text_k,
    coalesce(least(produced.out_k, produced.said_k), heard.text_k) as known_k,
    coalesce(produced.out_k, heard.text_k, produced.said_k) as producer_k
from produced
left join heard on produced.run_id = heard.run_id and produced.k = heard.k
    and produced.path is not distinct from heard.path and produced.found = heard.found
