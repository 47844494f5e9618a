"""The commands, one module each; they call the library and print, and hold no logic of their own.

Each returns an :class:`~zhengti_zip.base.errors.ExitCode` and imports what is heavy when it runs, so that
``--help`` stays quick.
"""
