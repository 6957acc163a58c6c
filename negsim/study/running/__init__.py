"""Running studies: cells handed to executors, and kept on disk whatever happens."""
