# shellcheck shell=bash disable=SC2034 # read by the other scripts of this directory
# Where the lab's parts are. Everything lives in one directory and in one network namespace of its own.
readonly LAB=${TANDEM_LAB:-/opt/k8s-lab}
HERE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
readonly VERSION=1.20.2 STATE=$LAB/state BIN=$LAB/bin NETWORK=tandem-lab
readonly NODE=10.200.0.1 PODS=10.200.1.0/24 SERVICES=10.201.0.0/24 API=https://127.0.0.1:6443
export KUBECONFIG=$STATE/admin.conf
export PATH=$BIN:$LAB/root/usr/bin:$LAB/root/usr/sbin:$PATH
export LD_LIBRARY_PATH=$LAB/root/usr/lib/x86_64-linux-gnu

# Runs a command in the lab's network, where 127.0.0.1 is the lab's own.
inside() { nsenter --net="/run/netns/$NETWORK" "$@"; }

# Starts a process of the lab in the background; down ends it by its id.
start() { # $1: name, then the command
  local name=$1
  shift
  setsid nsenter --net="/run/netns/$NETWORK" "$@" >"$STATE/log/$name" 2>&1 </dev/null &
  echo $! >"$STATE/pid/$name"
}

# Waits for a command to succeed.
await() { # $1: seconds, $2: what for, then the command
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS >= deadline)); then
      echo "There is still no $what; see $STATE/log." >&2
      return 1
    fi
    sleep 0.5
  done
}
