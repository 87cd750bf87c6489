"""What a reader sees: tables, rows, pictures, each as HTML and as text."""
