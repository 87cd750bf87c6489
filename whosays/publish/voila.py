"""What Voilà needs to show the kit's notebooks; ``whosays show`` names it to Voilà."""

from urllib.parse import unquote

from nbconvert.filters.markdown_mistune import IPythonRenderer
from voila.exporter import VoilaMarkdownRenderer

from ..base import paths
from .markdown import as_data


class Pictures(VoilaMarkdownRenderer):
    """Text cells whose pictures lie beside the notebooks' folder.

    Voilà 0.5 looks for a picture from the server's folder, not from the notebook's, and stops at
    any picture where the server reads files asynchronously (its issue 1473). All notebooks of the
    kit lie one folder deep, so that one folder stands for all of them.
    """

    def image(self, text, url, title=None):
        file = paths.root() / "notebooks" / unquote(url)
        if ":" not in url and file.is_file():
            url = as_data(file)
        return IPythonRenderer.image(self, text, url, title)
