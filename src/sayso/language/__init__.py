"""Who says what, in a text: tokens, sentences, quotations, cues."""
