"""What changes the records of content. Only these write them."""
