#!/bin/bash
# Runs once, on a new data directory: makes the accounts, and gives the node its role, which stays in its data from then on.
# A node with TANDEM_SOURCE follows that node. One without follows TANDEM_SUCCESSOR if that one takes writes, so that it was made
# the primary in its place; otherwise it stays read-only until a new node follows it and makes it the primary: silence does not
# say whether the other has data, and an empty primary would replace that. A member of the group TANDEM_GROUP has no role of its
# own: ops/group/assemble brings the members together. A node that was interrupted here is made once more, by ops/mysql/start.
set -euo pipefail

readonly SECRETS=/run/tandem SOURCE=${TANDEM_SOURCE:-${TANDEM_SUCCESSOR-}}

# As long as another node may take to be given its place and be made; beginning again takes longer than waiting.
readonly ANSWERS_WITHIN=600

password() { cat "$SECRETS/accounts/$1"; }

as_root() {
  mysql --defaults-extra-file=<(printf '[client]\npassword=%s\n' "$(password root)") -uroot --protocol=socket "$@"
}

# Asks the source, if it answers within two seconds.
source_as() { # $1: account, then arguments of the client $2
  local account=$1 client=$2
  shift 2
  "$client" --defaults-extra-file=<(printf '[client]\npassword=%s\nloose-connect-timeout=2\n' "$(password "$account")") \
    -u"tandem_$account" -h "$SOURCE" --protocol=tcp --ssl-mode=VERIFY_IDENTITY --ssl-ca="$SECRETS/tls/ca.pem" "$@"
}

source_takes_writes() { [ "$(source_as monitor mysql -N -B -e 'SELECT @@GLOBAL.read_only' 2>/dev/null)" = 0 ]; }

source_has() { source_as monitor mysql -N -B -e "SELECT @@GLOBAL.$1 <> ''"; }

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
  local deadline=$((SECONDS + ANSWERS_WITHIN)) data
  echo "Asking $SOURCE what it has."
  until data=$(source_has gtid_executed 2>/dev/null); do
    if ((SECONDS >= deadline)); then
      echo "$SOURCE has not answered for $ANSWERS_WITHIN s. This node ends, to begin again." >&2
      return 1
    fi
    sleep 1
  done
  # Two new nodes: nothing can be lost. Twice is as good as once, should this be interrupted.
  if [ "$data" = 0 ]; then
    echo "Making $SOURCE, which is new too, the primary."
    source_as admin mysql -e 'RESET PERSIST IF EXISTS super_read_only; SET GLOBAL super_read_only = OFF;
      SET GLOBAL read_only = OFF; CREATE DATABASE tandem'
  # What the source has purged from its binary log cannot be followed: it is copied.
  elif [ "$(source_has gtid_purged)" = 1 ]; then
    echo "Copying the database from $SOURCE, whose binary log no longer reaches back to its beginning."
    source_as admin mysqldump --single-transaction --set-gtid-purged=ON --routines --events --triggers --databases tandem |
      as_root
  fi
  as_root <<SQL
CHANGE REPLICATION SOURCE TO SOURCE_HOST = '$SOURCE', SOURCE_PORT = 3306, SOURCE_USER = 'tandem_replication',
  SOURCE_PASSWORD = '$(password replication)', SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1,
  SOURCE_SSL_CA = '$SECRETS/tls/ca.pem', SOURCE_SSL_VERIFY_SERVER_CERT = 1, SOURCE_CONNECT_RETRY = 1,
  SOURCE_RETRY_COUNT = 86400;
SQL
}

as_root -e 'SET PERSIST_ONLY super_read_only = ON'
# A new data directory is another server: a replica passes over what was written under its own id, and this node may have
# to get what the one before it wrote.
as_root -e "SET PERSIST_ONLY server_id = $((RANDOM * 65536 + RANDOM + 1))"
accounts | as_root
as_root -e 'RESET BINARY LOGS AND GTIDS'
if [ -n "${TANDEM_GROUP:-}" ]; then
  echo 'A new member of a group.'
elif [ -n "${TANDEM_SOURCE-}" ] || { [ -n "$SOURCE" ] && source_takes_writes; }; then
  follow
else
  echo "This new node stays read-only until a new replica follows it. If the other node has data: docs/operations.md, 'A lost primary'."
fi
# On the disk before anything is written that is worth keeping.
rm -f /var/lib/mysql/.unfinished
sync /var/lib/mysql
