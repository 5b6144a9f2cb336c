"""What those need who write a model or build a site; readers never download it."""
