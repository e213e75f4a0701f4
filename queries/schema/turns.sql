-- ledger.turns: what collectors of one lake contend for, so that they commit one after the other.
-- grain: one row
create table if not exists ledger.turns (
    turn bigint not null
);
