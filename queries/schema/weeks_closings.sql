-- weeks.closings: each time a week was closed: what its figures rest on. The newest closing of a week counts, all stay.
-- grain: one row per closing of an ISO week (UTC)
-- closing counts from 1; closed_by: command or schedule; definition: of the SQL that made the figures; price_version: the
-- newest one then (null: none); batch_id: the newest batch taken in, data_to: when that was committed (null: none yet).
create table if not exists weeks.closings (
    week varchar not null,
    week_start date not null,
    closing bigint not null,
    closed_at timestamp not null,
    closed_by varchar not null,
    definition varchar not null,
    product_version varchar not null,
    price_version varchar,
    batch_id bigint not null,
    data_to timestamp,
    runs bigint not null
);
