#!/usr/bin/env bash
# Prints the path of a Python of VERSION (3.13, say), which compiles the byte code of what is built for it:
#   interpreter.sh UV VERSION FOLDER [--fetch]
# It is one of this machine, or one under FOLDER. With --fetch it is fetched into FOLDER where there is none. Fails where none can be had.
set -euo pipefail

uv=$1 version=$2
export UV_PYTHON_INSTALL_DIR=$3

find_it() { "$uv" python find --no-python-downloads --no-project "$version" 2>/dev/null; }
# pyenv puts a command of every version on the path, which fails unless that version is the chosen one; uv stops at it.
find_pyenv() { PYENV_VERSION=$(pyenv latest "$version" 2>/dev/null) && export PYENV_VERSION && find_it; }

find_it && exit
(find_pyenv) && exit
[ "${4:-}" = --fetch ] || exit 1
"$uv" python install --quiet --no-bin "$version" >&2 || exit 1
find_it
