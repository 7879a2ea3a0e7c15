"""Tags over the whole archive: a report, a draft of `tags.yaml`, an export."""
