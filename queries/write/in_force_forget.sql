-- In force 4a: forget what they rested on.
-- grain: the row of rollup.prices_taken
delete from rollup.prices_taken
