-- Append incoming rows to ledger.replays; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.replays by name
select * from incoming
