-- prices.bills: what providers billed, line by line, as imported (append-only). Never mixed with estimates.
-- grain: one row per line of an imported bill
-- import_id sorts by time; of one day, provider, model and invoice the newest import counts, all stay. content_hash: sha256 of
-- the file. model null: an amount of no model. tokens and invoice_id null: not said.
create table if not exists prices.bills (
    import_id varchar not null,
    imported_at timestamp not null,
    origin varchar not null,
    content_hash varchar not null,
    line bigint not null,
    day date not null,
    provider varchar not null,
    model varchar,
    amount_usd decimal(38, 9) not null,
    tokens bigint,
    invoice_id varchar
);
