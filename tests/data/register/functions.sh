# What the worked examples share. A command is shown, then what it prints; a refusal goes on.
# Ids and hashes are shortened, since they change with every word of a screening.
register() {
    printf '$ register'
    for argument in "$@"; do
        argument=$(printf '%s' "$argument" | sed -E 's/^[0-9a-f]{64}$/HASH/')
        case $argument in
            *[!A-Za-z0-9_./,:=-]*) printf ' "%s"' "$argument" ;;
            *) printf ' %s' "$argument" ;;
        esac
    done
    printf '\n'
    status=0
    "$PROGRAM" "$@" > output 2>&1 || status=$?
    sed -E 's/[0-9a-f]{64}/HASH/g; s/[0-9a-f]{24}/ID/g; s/the hash [0-9a-f]{12}/the hash HASH/
        s/begin [0-9a-f]{16}/begin MARK/' output
    if [ "$status" -ne 0 ]; then printf '(exit status %s)\n' "$status"; fi
    printf '\n'
}

# The hash of the text on the table, which offices agree to.
hash_of_paper() {
    "$PROGRAM" recommend "$@" | sed -n 's/^Hash of this text: //p'
}
