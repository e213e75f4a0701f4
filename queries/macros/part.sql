-- macros.part: a part of a whole that may be unknown (then nothing) and is never above it.
-- grain: one bigint
create or replace macro macros.part(tokens, whole) as
greatest(least(coalesce(tokens, 0), coalesce(whole, 0)), 0)
