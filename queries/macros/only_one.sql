-- macros.only_one: the value that all rows of a group have; null where they differ or one has none.
-- grain: one value per group
create or replace macro macros.only_one(value) as
case when min(value) = max(value) and count(value) = count(*) then min(value) end
