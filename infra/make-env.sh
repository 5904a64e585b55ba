#!/bin/sh
# Prints an .env with fresh secrets for docker-compose.yml:  sh infra/make-env.sh > .env
set -eu
umask 077
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
cat <<ENV
POSTGRES_PASSWORD=$(random)
REDIS_PASSWORD=$(random)
FARWATCH_SECRET=$(random)
FRA_TOKEN=$(random)
IAD_TOKEN=$(random)
SIN_TOKEN=$(random)
# Where people reach it; with https, cookies are Secure and carry the __Host- prefix.
FARWATCH_URL=http://127.0.0.1:3000
# Mail goes nowhere but a folder until this is set: smtp://user:password@mail.example.com:587
SMTP_URL=
MAIL_FROM=Farwatch <farwatch@localhost>
ENV
