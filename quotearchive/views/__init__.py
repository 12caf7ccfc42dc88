"""Values and results as Rich renderables, a module a noun. Nothing here prints."""
