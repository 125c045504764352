"""How Sphinx makes the manual: Markdown by MyST, the furo theme, no network."""

project = "yanzhen"
author = "The yanzhen authors"
project_copyright = "The yanzhen authors"
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "ext"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "html_image"]

html_theme = "furo"
html_title = "yanzhen 雁阵"
html_copy_source = False
html_show_sphinx = False
highlight_language = "text"
