"""The `gongjian` command. Other people's scripts rely on its words and on its exit codes: 0, or 1 with the reason on stderr."""

import sys

import click
from django.core.exceptions import ImproperlyConfigured

from gongjian.config.mounts import MOUNTS, Mounted
from gongjian.kernel.embedded.errors import EmbeddedError
from gongjian.law.errors import RuleError

gongjian = click.version_option(package_name="gongjian")(
    Mounted(MOUNTS, name="gongjian", help="公鉴：工伤认定与劳动能力鉴定平台。")
)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. A refusal or a wrong setting ends it with a sentence, not with a traceback."""
    try:
        gongjian.main(arguments, prog_name="gongjian")
    except (EmbeddedError, ImproperlyConfigured, RuleError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
