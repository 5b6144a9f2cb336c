"""The relationships that somebody keeps."""
