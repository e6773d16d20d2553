#!/bin/sh
# Builds the Compose Specification's own reader, which is what `docker compose config` calls, from its published module:
# sh build.sh <module version> <target>. `go install` would name the file `cmd`.
set -eu
version=$1
target=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

GOBIN=$folder go install -ldflags='-s -w' "github.com/compose-spec/compose-go/v2/cmd@$version"
mv "$folder/cmd" "$target"
