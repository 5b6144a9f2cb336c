"""Values as text and back: links, records, files. Nothing is decided here."""
