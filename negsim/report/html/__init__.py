"""Reports as one self-contained HTML page: no network, printable, light and dark."""
