-- macros.said_order: when something was said, as one number: by time, then by the sender's own number, then by identity.
-- Makes 'the last one said wins' the same answer every time, also where all lines carry one time.
-- grain: one hugeint per record
create or replace macro macros.said_order(moment, number, identity) as
    epoch_us(moment)::hugeint * 18446744073709551616::hugeint
    + greatest(0, least(coalesce(number, 0), 16777215))::hugeint * 1099511627776::hugeint
    + (identity >> 24)::hugeint
