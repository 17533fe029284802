# shellcheck shell=bash
# Read by the image's entrypoint on new data, before ops/mysql/initdb/node.sh: all pods have the same environment, so each
# takes its place from its name, as in docker-compose.yml.
case $HOSTNAME in
  mysql-1) export TANDEM_SUCCESSOR=mysql-2 ;;
  mysql-2) export TANDEM_SOURCE=mysql-1 ;;
  *) echo "There is no place for $HOSTNAME in a pair." >&2 && exit 1 ;;
esac
