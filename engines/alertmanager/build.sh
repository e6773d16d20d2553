#!/bin/sh
# Builds Alertmanager from its published module: sh build.sh <module version> <target>
# Since 0.32 the module embeds its user interface (ui/app/dist), which is built by npm and not published with it, so
# `go install` refuses. Here a page that says so stands in for it; everything else is upstream's code and go.sum.
set -eu
version=$1
target=$2
source=$(mktemp -d)
trap 'chmod -R u+w "$source" && rm -rf "$source"' EXIT

published=$(cd / && go mod download -json "github.com/prometheus/alertmanager@$version" | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
cp -R "$published/." "$source"
chmod -R u+w "$source"
mkdir -p "$source/ui/app/dist"
echo '<!doctype html><title>Alertmanager for tests, without its user interface</title>' >"$source/ui/app/dist/index.html"

cd "$source"
go build -buildvcs=false \
  -ldflags="-s -w -X github.com/prometheus/common/version.Version=${version#v}" \
  -o "$target" ./cmd/alertmanager
