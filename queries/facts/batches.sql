-- Deliveries: what came, when, from whom, how it ended. balance must be 0.
-- grain: one row per delivery
select * from staging.batches
