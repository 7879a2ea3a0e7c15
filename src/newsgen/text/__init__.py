"""Text as such: folding, file names, slugs, words of HTML, YAML."""
