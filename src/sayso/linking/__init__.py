"""Links between the records of a case: the same claim, denials, figures that clash, copies. Pure."""
