# Worked example: the area of artificial intelligence, as far as the register and its reports go.
#
# Public are the proposal of 2017 for a subcommittee of JTC 1, and the workshop of 24 January 2023
# that a circular of TSB announced. Nothing that anybody says at a workshop or in a questionnaire
# becomes a statement of a committee here.
. "$DATA/functions.sh"
cp "$DATA/artificial-intelligence.toml" proposal.toml
CASE=2017-10-artificial-intelligence
"$PROGRAM" init
"$PROGRAM" open $CASE --file proposal.toml --day 2017-10-01 --board ISO --as import > suggestions
head -n 1 suggestions
register link $CASE belongs_to --area artificial-intelligence --day 2023-01-10 --as import
register status --today 2023-01-31
mkdir -p register/meetings register/editions
cat > register/meetings/workshop-2023-01.toml <<'END'
day = "2023-01-24"
form = "virtual"
kind = "workshop"
END
cat > register/editions/2023-01.json <<'END'
{ "areas": [ { "name": "Artificial intelligence", "set_priority": { "value": "high" } } ] }
END
register report freeze --from 2023-01-01 --to 2023-01-31
register report render 2023-01 --board TSAG
sed -E 's/begin [0-9a-f]{16}/begin MARK/' register/reports/2023-01/tsag.md
register report standing 2023-01
