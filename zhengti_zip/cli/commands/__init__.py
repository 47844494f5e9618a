"""The commands, one module of the same name each. They call the library and print.

Each returns an :class:`~zhengti_zip.base.errors.ExitCode`, and imports large libraries only when it runs, so
that ``--help`` is quick.
"""
