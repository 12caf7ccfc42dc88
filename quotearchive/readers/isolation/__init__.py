"""Reading in processes of their own, many files at once."""
