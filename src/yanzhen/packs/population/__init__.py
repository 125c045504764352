"""A demonstration population made from a city's ``demo.yaml`` (演示数据).

One source file for each data set of the city, with the headings and units of the data set and
with a little of the dirt of real files; they come in by the same door as any other data.
"""

from yanzhen.packs.population.figures import FigureCheck
from yanzhen.packs.population.files import SourceFile
from yanzhen.packs.population.make import (
    PopulationReport,
    check_figures,
    make_population,
    read_manifest,
)
from yanzhen.packs.population.showcase import showcase

__all__ = [
    "FigureCheck",
    "PopulationReport",
    "SourceFile",
    "check_figures",
    "make_population",
    "read_manifest",
    "showcase",
]
