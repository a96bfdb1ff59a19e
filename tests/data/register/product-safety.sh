# Worked example: the proposal TS/P 294, «Consumer product safety management».
#
# Public are the proposal, that SPCG met on 17 September and 25 November 2020, and that its paper
# SPCG-47B to ISO/TMB reported interest of groups of ITU-T and IEC, which the public record does
# not name. Part (a) is how an office could have run the case: its days of sharing and asking are
# hypothetical, and nothing public says that these groups were asked. Part (b) puts the public
# record on file. What the paper SPCG-47B really says is not public; this one is drafted by rules.
. "$DATA/functions.sh"
cp "$DATA/consumer-product-safety.toml" proposal.toml

echo "== (a) As an office could run it"
CASE=2020-10-consumer-product-safety
"$PROGRAM" init
"$PROGRAM" open $CASE --reference "TS/P 294" --file proposal.toml --day 2020-10-30 \
    --as tmb-secretary > suggestions
head -n 1 suggestions
register share $CASE --with IEC,ITU-T --deadline 2020-11-24 --day 2020-10-30 --as tmb-secretary
for group in "ITU-T SG 17" "ITU-T SG 5" "ITU-T SG 20"; do
    register ask $CASE "$group" --suggested-by machine --day 2020-11-02 --as tsb-secretary
done
register ask $CASE "IEC SC 62A" --suggested-by machine --day 2020-11-02 --as smb-secretary
register status $CASE --today 2020-11-20
register due --today 2020-11-20
register recommend $CASE --number SPCG-47 --day 2020-11-25
register decide $CASE recommendation --number SPCG-47 --reason "As the group discussed" \
    --day 2020-11-25 --as tmb-secretary
register status $CASE --today 2020-11-25

echo "== (b) Import of the public record"
SOURCE="progress report to TSAG, January 2021"
"$PROGRAM" --register public init
"$PROGRAM" --register public open $CASE --reference "TS/P 294" --file proposal.toml \
    --day 2020-10-30 --as import > suggestions
register --register public state $CASE --organization ITU-T --unnamed --answer unspecified \
    --level not_said --day 2021-01-11 --source "$SOURCE" --as import
register --register public state $CASE --organization IEC --unnamed --answer unspecified \
    --level not_said --day 2021-01-11 --source "$SOURCE" --as import
register --register public recommend $CASE --number SPCG-47 --revision B --day 2021-01-11
register --register public decide $CASE recommendation --number SPCG-47 --revision B \
    --reason "As the public record says" --day 2021-01-11 --as import
SHA=$(hash_of_paper --register public $CASE --number SPCG-47 --revision B)
for office in tmb-secretary smb-secretary tsb-secretary; do
    register --register public agree $CASE --sha "$SHA" --day 2021-01-11 --as $office \
        --source "$SOURCE"
done
register --register public send $CASE --to TMB --document SPCG-47B --day 2021-01-11 --as import
register --register public board $CASE --board TMB --decision not_known --day 2021-01-31 \
    --source "no committee of that title in the register of May 2025" --as import
register --register public status --today 2021-01-31
register --register public log $CASE

mkdir -p public/meetings
cat > public/meetings/2020-09.toml <<'END'
day = "2020-09-17"
form = "virtual"
report = "SPCG-45"
END
cat > public/meetings/2020-11.toml <<'END'
day = "2020-11-25"
form = "virtual"
report = "SPCG-50"
next = "2021-01-27"
END
cat > public/documents.toml <<'END'
document = [
  { number = "SPCG-45", title = "Report of the meeting of September 2020", kind = "meeting report" },
  { number = "SPCG-50", title = "Report of the meeting of November 2020", kind = "meeting report" },
  { number = "SPCG-47", revision = "B", title = "Recommendation on consumer product safety management", kind = "recommendation" },
]
END
register --register public report freeze --from 2020-09-01 --to 2021-01-31
register --register public report render 2021-01 --form md,html,docx
sed -E 's/begin [0-9a-f]{16}/begin MARK/' public/reports/2021-01/tsag.md
register --register public report check 2021-01
register --register public report release 2021-01 --document "TD 999" --day 2021-02-01 \
    --as tsb-secretary
register --register public check
