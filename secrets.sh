#!/bin/sh
# Make up the passwords docker-compose.yml reads, each once, into secrets/ or the folder named here; what is there stays.
# The folder keeps others out; the files are readable, because in a container they are read by somebody without rights.
set -eu
folder=${1:-secrets}
umask 077
mkdir -p "$folder"

made_up() { head -c 36 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n'; }
keep() { # keep NAME VALUE
  [ -e "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
  chmod 444 "$folder/$1"
}

keep secret_key "$(made_up)"
keep postgres_password "$(made_up)"
keep database_url "postgresql://sambat:$(cat "$folder/postgres_password")@postgres:5432/sambat"
keep redis_password "$(made_up)"
keep redis_url "redis://:$(cat "$folder/redis_password")@redis:6379/0"
keep metrics_token "$(made_up)"
for name in mail_url storage_key storage_secret; do keep "$name" ""; done # others give these: write them in
