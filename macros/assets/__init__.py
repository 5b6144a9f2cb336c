"""Styles and scripts as readers get them."""
