#!/bin/bash
# run.sh NAME SRC args...
n=$1; s=$2; shift 2
export PYTHONPATH=/tmp/wt/dist-memory:$s:/tmp/wt/memory PATH=/tmp/venv/bin:$PATH PERSONAVLOG_HOME=/tmp/memwork/home-$n
cd /tmp/memwork
nice -n 10 python sample.py $n python prof.py $n make --example --runs /tmp/memwork/runs-$n --offline "$@" > $n.rc 2>&1
