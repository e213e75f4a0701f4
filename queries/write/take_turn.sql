-- Make this transaction meet every other one: of two collectors that write a lake at once, one commits and the other
-- looks again at what is stored before it tries anew. Without it both could store the same step.
-- grain: one row
update ledger.turns
set turn = turn + 1
