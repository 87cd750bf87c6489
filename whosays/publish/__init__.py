"""The kit on its way to people: ``whosays lab``, ``show``, ``site`` and ``links``.

``site`` is the kit as a folder of plain files, for any web server: ``lite`` makes the lessons that
run in the browser (JupyterLite), ``reading`` the edition to read and print; ``command`` puts both
behind one page.
"""
