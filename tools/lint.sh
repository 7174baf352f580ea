# ./dev lint [RULE...]: the rules of the tree (tests/lint/).
. "$root/tools/packages.sh"

need run test
cd "$root"
exec python3 tests/lint/lint.py "$@"
