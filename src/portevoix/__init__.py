"""Porte-voix: listen to the users of a public service, and get better for it."""

from importlib.metadata import version

__version__ = version("portevoix")
