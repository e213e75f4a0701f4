-- macros.matches: whether a dimension's value is the wanted one; null wants any, '(none)' wants rows without a value.
-- grain: one boolean
create or replace macro macros.matches(actual, wanted) as
(wanted::varchar is null or coalesce(actual, '(none)') = wanted::varchar)
