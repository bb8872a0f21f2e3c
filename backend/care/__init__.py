"""Looking after the house: what is wrong with it, what was given up, what is counted, its copies."""
