"""The desk: pages and an API over one case. Everything that it shows or stores goes through `Case`."""
