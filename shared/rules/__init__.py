"""What teams watch for: a query language, its matching against a document, and the sentence that did it."""
