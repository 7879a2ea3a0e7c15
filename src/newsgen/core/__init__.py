"""Foundations that know nothing of articles: digests, executors, plugins, progress."""
