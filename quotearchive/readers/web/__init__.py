"""Web pages, as they are served and as they are saved."""
