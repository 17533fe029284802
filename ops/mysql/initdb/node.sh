#!/bin/bash
# Runs once, on a new data directory: makes the accounts, and gives the node its role, which stays in its data from then on.
# A node with TANDEM_SOURCE follows that node; one without is the primary. A member of the group TANDEM_GROUP has no role of its
# own: ops/group/assemble brings the members together. Until it is done, every later start is read-only:
# a node that was interrupted here is unhealthy, never a second primary.
set -euo pipefail

readonly SECRETS=/run/tandem PEER=${TANDEM_PEER-}

password() { cat "$SECRETS/accounts/$1"; }

as_root() {
  mysql --defaults-extra-file=<(printf '[client]\npassword=%s\n' "$(password root)") -uroot --protocol=socket "$@"
}

# Asks the other node, if it answers within two seconds.
peer() { # $1: account, then arguments of the client $2
  local account=$1 client=$2
  shift 2
  "$client" --defaults-extra-file=<(printf '[client]\npassword=%s\nloose-connect-timeout=2\n' "$(password "$account")") \
    -u"tandem_$account" -h "$PEER" --protocol=tcp --ssl-mode=VERIFY_IDENTITY --ssl-ca="$SECRETS/tls/ca.pem" "$@"
}

peer_value() { peer monitor mysql -N -B -e "SELECT REPLACE(@@GLOBAL.$1, '\n', '')" 2>/dev/null || true; }

create() { # $1: account, $2...: what it may
  local account=$1 grant
  shift
  echo "CREATE USER 'tandem_$account'@'%' IDENTIFIED BY '$(password "$account")' REQUIRE SSL;"
  for grant; do
    echo "GRANT $grant TO 'tandem_$account'@'%';"
  done
}

# Each node makes its own, out of the binary log: both start with no history.
accounts() {
  echo 'SET sql_log_bin = 0;'
  create admin 'ALL PRIVILEGES ON *.*'
  create owner 'ALL PRIVILEGES ON tandem.*'
  create application 'SELECT, INSERT, UPDATE, DELETE ON tandem.*'
  create monitor 'REPLICATION CLIENT ON *.*' 'SELECT ON performance_schema.*'
  if [ -n "${TANDEM_GROUP:-}" ]; then
    create replication 'REPLICATION SLAVE, BACKUP_ADMIN, GROUP_REPLICATION_STREAM, CONNECTION_ADMIN ON *.*'
  else
    create replication 'REPLICATION SLAVE ON *.*'
  fi
}

follow() {
  # How to begin depends on the source, which may be about to start.
  local deadline=$((SECONDS + 60))
  until [ -n "$(peer_value server_uuid)" ] || ((SECONDS >= deadline)); do
    sleep 1
  done
  # What the source has purged from its binary log cannot be followed: it is copied.
  if [ -n "$(peer_value gtid_purged)" ]; then
    echo "Copying the database from $PEER, whose binary log no longer reaches back to its beginning."
    as_root -e 'RESET BINARY LOGS AND GTIDS'
    peer admin mysqldump --single-transaction --set-gtid-purged=ON --routines --events --triggers --databases tandem |
      as_root
  else
    as_root -e 'RESET BINARY LOGS AND GTIDS'
  fi
  as_root <<SQL
CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$TANDEM_SOURCE', SOURCE_PORT = 3306, SOURCE_USER = 'tandem_replication',
  SOURCE_PASSWORD = '$(password replication)', SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1,
  SOURCE_SSL_CA = '$SECRETS/tls/ca.pem', SOURCE_SSL_VERIFY_SERVER_CERT = 1, SOURCE_CONNECT_RETRY = 1,
  SOURCE_RETRY_COUNT = 86400;
SQL
}

lead() {
  if [ -n "$(peer_value gtid_executed)" ]; then
    echo "This new node stays read-only: $PEER has data, and an empty primary would replace it." \
      "See docs/operations.md, 'A lost primary'." >&2
    return
  fi
  as_root -e 'CREATE DATABASE tandem; RESET PERSIST super_read_only'
}

as_root -e 'SET PERSIST_ONLY super_read_only = ON'
# A new data directory is another server: a replica passes over what was written under its own id, and this node may have
# to get what the one before it wrote.
as_root -e "SET PERSIST_ONLY server_id = $((RANDOM * 65536 + RANDOM + 1))"
accounts | as_root
if [ -n "${TANDEM_GROUP:-}" ]; then
  as_root -e 'RESET BINARY LOGS AND GTIDS'
elif [ -z "$PEER" ]; then
  echo 'Neither TANDEM_PEER, the other node of a pair, nor TANDEM_GROUP, all members of a group, is set.' >&2
  exit 1
elif [ -n "${TANDEM_SOURCE:-}" ]; then
  follow
else
  lead
fi
