"""`quotearchive completion`: what a shell reads so that the Tab key completes."""

import click

from quotearchive.cli import main
from quotearchive.cli.completing import SHELLS, script


@click.command(short_help="Print what makes the Tab key complete in bash, zsh or fish.")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what SHELL has to read so that the Tab key completes commands, options, names and numbers.

    \b
    eval "$(quotearchive completion bash)"                       in ~/.bashrc
    eval "$(quotearchive completion zsh)"                        in ~/.zshrc
    quotearchive completion fish > ~/.config/fish/completions/quotearchive.fish
    """
    click.echo(script(main, shell))
