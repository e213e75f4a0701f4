-- Failures that are alike, the most frequent first: how many, since when, what they cost, which versions, and example runs.
-- grain: one row per incident
-- param incident_key varchar default null: one incident
-- param workflow varchar default null: one workflow, or '(none)'
-- param from timestamp default null: incidents last seen at or after, UTC
select *
from marts.incidents
where ($incident_key::varchar is null or incident_key = $incident_key::varchar)
    and macros.matches(workflow, $workflow)
    and ($from::timestamp is null or last_seen_at >= $from::timestamp)
order by runs desc, incident_key
