"""PDF: from pages to HTML to a file, and pictures of it; ``fast`` is the only part that knows WeasyPrint from the inside."""
