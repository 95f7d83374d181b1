"""`flask db …` works though the site does not load Alembic."""


def test_commands_of_migrations_reach_the_database(app):
    result = app.test_cli_runner().invoke(args=["db", "current"])

    assert result.exit_code == 0, result.output


def test_commands_of_migrations_are_listed(app):
    result = app.test_cli_runner().invoke(args=["db", "--help"])

    assert {"upgrade", "downgrade", "check"} <= set(result.output.split())
