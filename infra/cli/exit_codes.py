"""The exit codes of every command, as `infra/commands.md` lists them."""

DONE = 0  # all of it
NOT_DONE = 1  # a line says why, and what to do
WRONG_WORDS = 2  # an option, argument or command that does not exist, or a value that cannot be
REJECTED = 3  # uploaded with --wait, and at least one page was rejected
NO_OUTCOME_YET = 4  # uploaded with --wait, and at least one page had no outcome in time
INTERRUPTED = 130  # by Ctrl-C, as shells count it: 128 and the signal's number
PIPE_CLOSED = 141  # whoever read the output has closed it, as shells count it
