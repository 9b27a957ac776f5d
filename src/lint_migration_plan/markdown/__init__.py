"""From text to a document: blocks with exact spans. The only importer of markdown_it."""
