"""Runs the steps on the connection that `ledger.upgrade` hands over."""

from alembic import context

from sayso.ledger.schema import metadata

# The caller's transaction holds all steps: a ledger is never left between two schemas.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
