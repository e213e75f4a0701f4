-- rollup.analyses: by which SQL the analyses were made, and when the last portion of them was.
-- grain: one row, updated by each portion (so that two portions at once conflict, as they should)
create table if not exists rollup.analyses (
    definition varchar not null,
    analysed_at timestamp not null
);
