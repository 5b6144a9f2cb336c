"""What makes the playbook's pages: ``mkdocs.yml`` names this module for their macros.

Zensical executes this file once for each page, and MkDocs once for a site. So it only passes on
what stands in a module of its own, which Python keeps.
"""

from macros.page_macros import define_env

__all__ = ["define_env"]
