-- macros.said_order: when something was said, as a key that sorts: by time, then by delivery (of two that carry one time the
-- later delivery wins), then by the sender's own number within it, then by identity.
-- Makes 'the last one said wins' the same answer every time. A key of bytes, since four numbers of 64 bits fit no integer
-- and arg_max over a struct takes twice as long.
-- grain: one blob per record
create or replace macro macros.said_order(moment, batch_id, number, identity) as
    create_sort_key(
        moment, 'asc nulls first', batch_id, 'asc nulls first',
        coalesce(number, 0)::bigint, 'asc nulls first', identity, 'asc nulls first'
    )
