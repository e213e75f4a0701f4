-- macros.readable: the first 2,000 bytes of a raw record, as text that is safe to show; bytes that are no ASCII as \xNN.
-- grain: one varchar per blob
create or replace macro macros.readable(raw) as raw[1:2000]::varchar
