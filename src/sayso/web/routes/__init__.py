"""What answers which address: each module is one page of the desk, or the API."""
