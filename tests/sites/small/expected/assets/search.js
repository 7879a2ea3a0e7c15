// Searching; comes with the index.
