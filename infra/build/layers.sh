#!/usr/bin/env bash
# Installs the third-party layers into FOLDER/python (for all functions), FOLDER/extraction/python (for extract alone) and
# FOLDER/export/python (for export alone):
#   layers.sh UV PINS EXPORT_PINS FOLDER INTERPRETER UV_OPTION…
# Made aside and moved into place whole, so that a build that is stopped, or a second one beside it, never leaves half a layer.
# INTERPRETER compiles the byte code; empty where the build asks for none.
set -euo pipefail

uv=$1 pins=$2 export_pins=$3 folder=$4 interpreter=$5
shift 5

# Descriptions of services that are called. The other 400 are a quarter of what is installed.
services=(dynamodb s3 sns sqs sts)
# What extract alone reads with. In a layer of its own, the other functions start without it.
extraction=(babel charset_normalizer courlan dateparser htmldate justext lxml lxml_html_clean pytz regex tld trafilatura tzlocal)

fresh=$folder.$$
trap 'rm -rf "$fresh"' EXIT
mkdir -p "$fresh/python" "$fresh/extraction/python" "$fresh/export/python"
"$uv" pip install --quiet --target "$fresh/python" "$@" --only-binary :all: --no-deps --require-hashes -r "$pins"
# DuckDB has no wheel for so old a glibc as the others are built for; its own is for 2.26, which every Lambda has.
"$uv" pip install --quiet --target "$fresh/export/python" "${@/manylinux2014/manylinux_2_28}" --only-binary :all: --no-deps --require-hashes -r "$export_pins"
cd "$fresh/python"

others=()
for service in "${services[@]}"; do others+=(! -name "$service"); done
find botocore/data boto3/data -mindepth 1 -maxdepth 1 -type d "${others[@]}" -exec rm -rf {} +
find botocore/data boto3/data -name 'examples-*' -delete
# Names of 1,000 languages, by which courlan would filter links; nothing here follows links.
find babel/locale-data -name '*.dat' ! -name root.dat ! -name en.dat -delete
# Of the installer's notes, what names a package and its version stays, for scanners of the deployed layer.
find . ../export/python -path '*.dist-info/*' -type f ! -name METADATA ! -name WHEEL -delete
rm -f .lock ../export/python/.lock
find . ../export/python -type d \( -name __pycache__ -o -name tests -o -name bin -o -name include \) -prune -exec rm -rf {} +
find . ../export/python -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.pxi' -o -name '*.h' -o -name '*.c' \) -delete

if [ -n "$interpreter" ]; then
	"$interpreter" -m compileall -q -j 0 --invalidation-mode unchecked-hash -s "$fresh" . ../export/python
fi
mv dateparser_data "$fresh/extraction/python/"
for package in "${extraction[@]}"; do
	mv "$package" "$package"-*.dist-info "$fresh/extraction/python/"
done

touch "$fresh/.installed"
rm -rf "$folder"
mv "$fresh" "$folder"
