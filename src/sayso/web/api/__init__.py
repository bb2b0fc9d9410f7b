"""The REST API: every operation of `Case`, under /api/v1, in JSON as `core.codec` writes it."""
