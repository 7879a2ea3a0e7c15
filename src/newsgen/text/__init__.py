"""Text processing: case folding, file names, slugs, words in HTML, and YAML."""
