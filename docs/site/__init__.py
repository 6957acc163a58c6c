"""The documentation as a static site: Sphinx reads the Markdown as it stands on a code host."""
