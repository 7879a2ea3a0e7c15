"""The output folder: what newsgen wrote there, and how new files get in."""
