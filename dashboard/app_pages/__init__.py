"""One script a page, read top to bottom. Logic that wants a test lives in blocks, figures, filters or links."""
