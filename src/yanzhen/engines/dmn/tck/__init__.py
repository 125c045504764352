"""The DMN Technology Compatibility Kit (TCK): reading a folder of it, running it, judging it.

A kit is ``level/folder/*.dmn`` with ``*-test-*.xml`` beside each model. ``cases`` reads test files,
``values`` their values, ``judge`` compares, ``run`` runs the whole and never stops at a bad file.
"""
