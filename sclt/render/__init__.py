"""From a Module to a Site: pages as HTML, and what the runtime needs to know of them."""

from sclt.render.pages import render_module

__all__ = ["render_module"]
