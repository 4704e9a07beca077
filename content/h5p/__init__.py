"""H5P packages: read, checked, played and written. Rules and edges know no records."""
