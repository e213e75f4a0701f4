-- Append incoming rows to ledger.outcome_claims; columns that the incoming table leaves out are null.
-- grain: one row per incoming row
insert into ledger.outcome_claims by name
select * from incoming
