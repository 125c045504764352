"""Writing the registry: whole registers, and grids after the grids changed."""

from yanzhen.apps.enterprises.services.grids import assign_grids
from yanzhen.apps.enterprises.services.register import RegisterReport, write_register

__all__ = ["RegisterReport", "assign_grids", "write_register"]
