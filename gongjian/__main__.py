"""`python -m gongjian`: the same as the `gongjian` command."""

from gongjian.config.commands import main

main()
