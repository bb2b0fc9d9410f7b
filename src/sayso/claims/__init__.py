"""What a document claims: attributions resolved, acts, values. Pure: records in, records out."""
