-- macros.contains_text: whether a text holds the wanted one, whatever the case; wildcards mean themselves.
-- grain: one boolean
create or replace macro macros.contains_text(haystack, needle) as
coalesce(contains(lower(haystack), lower(needle::varchar)), false)
