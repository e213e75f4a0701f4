-- The one row that collectors of a lake take turns by.
-- grain: one row, once
insert into ledger.turns
select 0
where not exists (select 1 from ledger.turns)
