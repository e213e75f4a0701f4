"""The commands of `tachograph`, one module per group. They talk to people; the work is done elsewhere."""
