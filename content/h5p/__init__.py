"""H5P: packages that come from anywhere, kept, played and written again."""
