# shellcheck shell=bash
# Read by the image's entrypoint on new data, before ops/mysql/initdb/node.sh: all pods have the same environment, so each
# takes its place from its name.
case $HOSTNAME in
  mysql-1) export TANDEM_PEER=mysql-2 ;;
  mysql-2) export TANDEM_PEER=mysql-1 TANDEM_SOURCE=mysql-1 ;;
  *) echo "There is no place for $HOSTNAME in a pair." >&2 && exit 1 ;;
esac
