"""The pages: a reader of the collector's named queries. Holds no database handle and no SQL."""
