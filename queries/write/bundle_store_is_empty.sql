-- Whether nothing was ever delivered to this store: only then may a bundle bring its prices and weights.
-- grain: one row
select not exists (select 1 from ledger.batches) as is_empty
