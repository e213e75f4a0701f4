-- Attribute keys that no mapping knows: kept with their steps, listed here; those that name a model or an agent first, then
-- the newest.
-- grain: one row per key and dialect
-- is_genai: the key is of a namespace that speaks of models and agents, so that a concept of ours may be in it.
select
    key,
    dialect,
    example,
    first_seen_at,
    regexp_matches(key, '^(gen_ai|llm|ai)\.') as is_genai
from facts.attribute_keys
order by is_genai desc, first_seen_at desc, key asc, dialect asc
