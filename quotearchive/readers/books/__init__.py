"""Books and editions: EPUB and TEI."""
