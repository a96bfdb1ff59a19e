//! Sentences on talking to others.

sentences! { c18:
    "organization_not_asked" OrganizationNotAsked { organizations, committees }
        => "nobody in {organizations} was asked, though committees there may be concerned: \
            {committees}"
        -> "Ask the officers of these committees before the proposal is circulated, and record \
            date, person asked and answer.";
    "others_not_asked" OthersNotAsked { committees }
        => "committees of another organization that may be concerned were not asked: {committees}"
        -> "Ask the officers of these committees before the proposal is circulated, and record \
            date, person asked and answer.";
    "own_not_asked" OwnNotAsked { committees }
        => "a committee of the same organization that may be concerned was not asked: {committees}"
        | "committees of the same organization that may be concerned were not asked: {committees}"
        -> "Ask the officers of these committees before the proposal is circulated, and record \
            date, person asked and answer.";
    "owner_not_asked" OwnerNotAsked { committees }
        => "a part of the subject is left to {committees}, but nobody asked it"
        | "a part of the subject is left to {committees}, but nobody asked them"
        -> "Ask the officers of these committees whether they agree on the border, and record the \
            answer.";
    "all_asked" AllAsked {}
        => "the one committee that may be concerned was asked"
        | "all {number} committees that may be concerned were asked";
    "nobody_near" NobodyNear {}
        => "no committee beside the addressee resembles the proposal";
}

sentences! { c19:
    "no_outcome" NoOutcome { contacts }
        => "the contact with {contacts} has no outcome"
        | "the contacts with {contacts} have no outcome"
        -> "Record the answer: no interest, inform us, liaison, contribute, joint work, objection, \
            or no answer.";
    "no_date" NoDate { contacts }
        => "the contact with {contacts} has no date"
        | "the contacts with {contacts} have no date"
        -> "Record when they were asked.";
    "no_person" NoPerson { contacts }
        => "the contact with {contacts} has no person who was asked"
        | "the contacts with {contacts} have no person who was asked"
        -> "Record whom in the committee you asked: chair, committee manager or secretary, convenor.";
    "nobody_asked" NobodyAsked {}
        => "nobody was asked; see C18";
}

sentences! { c20:
    "asked_at_the_end" AskedAtTheEnd { days, weeks }
        => "everybody was asked within {days} days of the submission or later"
        -> "Give those who were asked {weeks} weeks before the proposal is submitted.";
    "first_contact_late" FirstContactLate { organization, days, weeks }
        => "the first contact in {organization} was {days} days before submission; {weeks} weeks \
            are wanted"
        -> "Wait for the answers from {organization} before submitting.";
    "asked_afterwards" AskedAfterwards { contacts, submission }
        => "{contacts} was asked only after the submission ({submission})"
        | "{contacts} were asked only after the submission ({submission})"
        -> "Check the dates; who was asked afterwards had no time to react.";
    "no_reminder" NoReminder { contacts }
        => "{contacts} did not answer, and no reminder is on record"
        -> "Remind them, and record the date.";
    "nobody_asked" NobodyAsked {}
        => "nobody was asked; see C18";
}

sentences! { c21:
    "no_level" NoLevel { committee }
        => "{committee} objects, and nothing says at which level that is being dealt with"
        -> "Record the objection as an open disagreement with its level (1: officers of the \
            committees, 2: secretaries, 3: chairs of the boards, 4: chief executives) and the next \
            step.";
    "incomplete" Incomplete { missing }
        => "the open disagreement lacks {missing}"
        -> "Add {missing}.";
    "incomplete_with" IncompleteWith { committee, missing }
        => "the open disagreement with {committee} lacks {missing}"
        -> "Add {missing}.";
    "no_objection" NoObjection {}
        => "no objection is on record";
    "disagreements_complete" DisagreementsComplete {}
        => "{number} disagreement is on record with level and next step"
        | "{number} disagreements are on record with level and next step";
    "nobody_asked" NobodyAsked {}
        => "nobody was asked, so no objection is on record";
}

sentences! { c22:
    "no_notice" NoNotice { boards }
        => "no notice to {boards} is on record"
        -> "Tell the secretariat of {boards}, and record it among the contacts.";
    "no_other_concerned" NoOtherConcerned {}
        => "the Question concerns no other organization";
}

sentences! { c23:
    "no_proposer" NoProposer {}
        => "the proposal does not say who proposes"
        -> "Name the proposer, with its country where it is a national member.";
    "member_not_told" MemberNotTold { members, country }
        => "nothing says that {members} of {country} knows of the proposal"
        | "nothing says that {members} of {country} know of the proposal"
        -> "Inform {members}, and say so in the proposal.";
    "not_national" NotNational {}
        => "the proposer is not known as a national member";
}

sentences! { c24:
    "radio" Radio { terms }
        => "the subject touches radio ({terms}), and ITU-R is neither asked nor in liaison"
        -> "Ask the study group of ITU-R concerned, or say why the work leaves spectrum and radio \
            services alone.";
    "development" Development { terms }
        => "the subject touches development ({terms}), and ITU-D is neither asked nor in liaison"
        -> "Consider telling ITU-D.";
    "no_other_sector" NoOtherSector {}
        => "nothing in title and scope points to another Sector of ITU";
}

sentences! { c39:
    "not_spoken_to" NotSpokenTo { committee }
        => "the leadership of {committee} was not spoken to"
        -> "Discuss the work with the chair and the committee manager or secretary before the \
            proposal is submitted, and record the day.";
    "proposes_itself" ProposesItself {} => "the committee proposes the work itself";
    "spoken_to" SpokenTo { committee } => "{committee} was spoken to";
}
