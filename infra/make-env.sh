#!/bin/sh
# Writes an .env with fresh secrets for docker-compose.yml, for its owner alone:  sh infra/make-env.sh .env
# Without a name it prints it. What is there already is never written over: a database keeps its first password.
set -eu
umask 077
if [ $# -gt 0 ]; then
  if [ -e "$1" ] || [ -L "$1" ]; then
    echo "$1 is there already; it is left as it is." >&2
    exit 1
  fi
  set -C
  exec > "$1"
fi
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
cat <<ENV
POSTGRES_PASSWORD=$(random)
REDIS_PASSWORD=$(random)
FARWATCH_SECRET=$(random)
# Seals the secrets of notification channels: without it they are lost, so keep a copy apart from the database's backups.
FARWATCH_MASTER_KEY=$(key)
FRA_TOKEN=$(random)
IAD_TOKEN=$(random)
SIN_TOKEN=$(random)
# Where people reach it; with https, cookies are Secure and carry the __Host- prefix.
FARWATCH_URL=http://127.0.0.1:3000
# Mail goes nowhere but a folder until this is set: smtp://user:password@mail.example.com:587
SMTP_URL=
MAIL_FROM=Farwatch <farwatch@localhost>
# Whom to tell that a region is dark.
FARWATCH_OPERATOR_EMAIL=
# SMS and calls: a number like +15005550006, or a messaging service (MG…) and a number to call from.
TWILIO_ACCOUNT_SID=
TWILIO_AUTH_TOKEN=
TWILIO_FROM=
TWILIO_VOICE_FROM=
TELEGRAM_BOT_TOKEN=
ENV
