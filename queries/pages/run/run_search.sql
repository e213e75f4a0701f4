-- Where a text stands within a run: in the name, what went in, what came out, or the error of a step; whatever the case.
-- grain: one row per step that holds the text, the first 50 in the order of the run; total_rows counts all
-- param run_id varchar default null: the run
-- param text varchar default null: what to look for; wildcards mean themselves; nothing is found for none
-- found_in: the first place that holds it. excerpt: 60 characters before it and 140 from it on.
with steps as (
    select
        steps.step_id,
        steps.position,
        steps.counted_as,
        steps.kind,
        coalesce(steps.name, steps.span_name) as name,
        unnest([
            { 'place': 1, 'found_in': 'name', 'held': coalesce(steps.name, steps.span_name) },
            { 'place': 2, 'found_in': 'error', 'held': concat_ws(' ', steps.error_type, steps.error_message) },
            { 'place': 3, 'found_in': 'input', 'held': contents.input },
            { 'place': 4, 'found_in': 'output', 'held': contents.output }
        ], recursive := true),
        steps.started_at
    from facts.steps_in_order($run_id::varchar) as steps
    left join facts.contents_of($run_id::varchar) as contents
        on steps.batch_id = contents.batch_id
        and steps.trace_id = contents.run_id
        and steps.step_id = contents.step_id
),

found as (
    select
        *,
        instr(lower(held), lower($text::varchar)) as starts_at
    from steps
    where length($text::varchar) > 0 and macros.contains_text(held, $text)
    qualify row_number() over (partition by step_id order by place) = 1
)

select
    step_id,
    position,
    counted_as,
    kind,
    name,
    found_in,
    substr(held, greatest(starts_at - 60, 1), 200) as excerpt,
    count(*) over () as total_rows
from found
order by started_at, position nulls last, step_id
limit 50
