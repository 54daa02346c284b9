#!/usr/bin/env bash
# Prints the path of a Chromium for the tests in a browser. Where there is none, root on Debian gets Debian's;
# anybody else gets a line that says what to install, and exit code 1.
set -euo pipefail

find_chromium() {
	if [ -n "${CHROMIUM:-}" ]; then command -v "$CHROMIUM" && return; fi
	for name in chromium chromium-browser google-chrome google-chrome-stable chromium-headless-shell; do
		command -v "$name" && return
	done
	return 1
}

is_root_on_debian() {
	[ "$EUID" = 0 ] && command -v apt-get >/dev/null && grep -qx 'ID=debian' /etc/os-release 2>/dev/null
}

find_chromium && exit
if is_root_on_debian; then
	echo "· installing Debian's Chromium" >&2
	if (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1; then
		find_chromium && exit
	fi
fi
echo "There is no Chromium on this machine: install it (Debian: apt-get install chromium), or name one by CHROMIUM." >&2
exit 1
