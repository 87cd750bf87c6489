"""The box that holds a widget's parts; where widgets cannot be shown, its words stand as text."""

import ipywidgets as w


class Box(w.VBox):
    """A column of parts; ``__repr__`` of the class that is made from it is the text in their place."""

    def _repr_mimebundle_(self, **kwargs):
        # ipywidgets 7 (Google Colab) has no such method: it shows itself, text included
        above = getattr(super(), "_repr_mimebundle_", dict)
        return {**above(**kwargs), "text/plain": repr(self)}
