-- prices.versions: the price books that were in force, each from a day on. Version names sort by the time they were made.
-- grain: one row per price version
-- For a day the newest version with since_day <= day holds. what: the books it was made of; table_hash: sha256 of the
-- user's own prices and rates (empty: none).
create table if not exists prices.versions (
    price_version varchar not null,
    made_at timestamp not null,
    since_day date not null,
    snapshot_version varchar not null,
    table_hash varchar not null,
    what varchar not null,
    note varchar
);
