-- macros.kept_fields: the fields of a step event that have no column, out of the ledger's attributes.
-- grain: one json object, or null
create or replace macro macros.kept_fields(attributes) as
json_extract(attributes, '$."tachograph.fields"')
