-- Append incoming rows to ledger.attribute_keys; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.attribute_keys by name
select * from incoming
