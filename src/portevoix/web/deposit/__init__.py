"""« Donner mon avis »: five short steps, a draft that nothing loses, then a story to be read."""
