"""What a counsellor sees: screens and widgets on Textual, without a database or a network of their own."""
