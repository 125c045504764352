"""The console command ``yanzhen``."""

import click

from yanzhen.config.cli.city import city
from yanzhen.config.cli.data import data, snapshot
from yanzhen.config.cli.decide import decide
from yanzhen.config.cli.feel import feel
from yanzhen.config.cli.journal import journal
from yanzhen.config.cli.site import demo, serve, worker
from yanzhen.config.cli.tck import tck
from yanzhen.kernel.errors import YanzhenError


class Commands(click.Group):
    """Turns the project's own errors into one clear message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except YanzhenError as error:
            raise click.ClickException(str(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer needs them."""
        del ctx
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yanzhen")
def main() -> None:
    """Yanzhen (雁阵) serves a city's small enterprises.

    A city is a folder of files: `yanzhen city check FOLDER` reads it. `yanzhen demo` shows a
    whole one running. Everything else works on the site's own database and data folder, under
    var/ or wherever YANZHEN_HOME says.
    """


for command in (demo, serve, worker, city, data, snapshot, decide, feel, tck, journal):
    main.add_command(command)
