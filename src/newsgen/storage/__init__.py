"""SQLite files under `.newsgen/`: how they are opened, and the caches in them."""
