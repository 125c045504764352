"""Decisions after DMN 1.5: model, files, checking, deciding with explanation.

``evaluate.decide`` makes a decision of a city's book, ``validate.check_decision`` checks one;
``xml_read.read_dmn`` and ``xml_write.write_dmn`` are the doors to DMN files, and
``model_run.evaluate_decision`` runs a whole DMN model to the letter.
"""
