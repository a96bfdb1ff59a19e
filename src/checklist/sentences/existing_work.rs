//! Sentences on looking at existing work.

sentences! { c08:
    "nothing_searched" NothingSearched {}
        => "no search for existing work is on record"
        -> "Search the published texts and work programmes of ISO, IEC, ISO/IEC JTC 1 and ITU-T, \
            and record database, date, words and results.";
    "not_everywhere" NotEverywhere { organizations }
        => "no search is recorded in {organizations}"
        -> "Search the published texts and the work programme of {organizations} too.";
}

sentences! { c09:
    "nothing_searched" NothingSearched {}
        => "no search is on record; see C08";
    "incomplete" Incomplete { searches }
        => "{searches}"
        -> "Record for each search the database, the date, the words and the result, also when \
            nothing was found.";
    "too_old" TooOld { search, days, most }
        => "{search} is {days} days older than the proposal; {most} are the limit"
        -> "Repeat the search shortly before submission.";
    "after_submission" AfterSubmission { search, submission }
        => "{search} is dated after the submission ({submission})"
        -> "Check the dates of search and submission.";
}

sentences! { c10:
    "drafts_not_covered" DraftsNotCovered { organizations }
        => "the search in {organizations} is not said to cover drafts and work programmes"
        -> "Search the work programmes too, and say so.";
    "draft_not_named" DraftNotNamed { works }
        => "{works} is under development and not mentioned"
        | "{works} are under development and not mentioned"
        -> "Name the drafts, and agree with their committees on who does what.";
    "nothing_searched" NothingSearched {}
        => "no search is on record; see C08";
}

sentences! { c11:
    "nothing_listed" NothingListed {}
        => "no document of a regional, national or other body is listed, nor one of ISO, IEC and \
            ITU-T, and nothing says that there is none"
        -> "List the regional, national and consortium documents that matter, or say that none is \
            known.";
    "none_of_others" NoneOfOthers {}
        => "{number} document is listed, none from a regional, national or other body, and nothing \
            says that there is none"
        | "{number} documents are listed, none from a regional, national or other body, and \
           nothing says that there is none"
        -> "List the regional, national and consortium documents that matter, or say that none is \
            known.";
    "close_not_listed" CloseNotListed { documents }
        => "{documents} is close and not listed"
        | "{documents} are close and not listed"
        -> "Look at each of them, and list it with what sets the work apart, or say why it is not \
            to the point.";
}

sentences! { c12:
    "no_meaning" NoMeaning { documents }
        => "nothing says what {documents} means for the work"
        | "nothing says what {documents} mean for the work"
        -> "Say of each document whether the work builds on it, refers to it, borders on it or \
            replaces it.";
    "nothing_listed" NothingListed {}
        => "no document is listed";
}

sentences! { c13:
    "close_not_named" CloseNotNamed { works }
        => "{works} comes close to it and is not named"
        | "{works} come close to it and are not named"
        -> "Name each work among the related standards and say how the proposed work differs from \
            it; a likeness of texts is a reason to look, not a proof.";
    "overlap_not_named" OverlapNotNamed { works }
        => "{works} may overlap and is not named"
        | "{works} may overlap and are not named"
        -> "Name each work among the related standards and say how the proposed work differs from \
            it; a likeness of texts is a reason to look, not a proof.";
    "withdrawn" Withdrawn { work }
        => "a withdrawn text that comes close: {work}";
    "replaced" Replaced { work, instead }
        => "a withdrawn text that comes close: {work}, replaced by {instead}";
    "all_named" AllNamed {}
        => "the one close work is named"
        | "all {number} close works are named";
}

sentences! { c14:
    "same_not_told_apart" SameNotToldApart { work, reference }
        => "{work} is nearly the same text, and nothing says how the work differs from it"
        -> "Say which object, aspect or limit tells the work from {reference}, or how the two are \
            kept apart.";
    "close_not_told_apart" CloseNotToldApart { work, reference }
        => "{work} is close to it, and nothing says how the work differs from it"
        -> "Say which object, aspect or limit tells the work from {reference}, or how the two are \
            kept apart.";
    "vague" Vague { work, reference, distinction }
        => "the distinction from {work} (\"{distinction}\") names no object, aspect or limit"
        -> "Name the object, aspect or limit that tells the work from {reference}.";
    "nothing_close" NothingClose {}
        => "no existing work is so close that a distinction is needed";
    "none_named" NoneNamed {}
        => "no close work is named, so none is told apart; see C13";
}

sentences! { c15:
    "not_answered" NotAnswered {}
        => "whether the proposal went to another standards body is not answered"
        -> "Answer yes or no; if yes, name the body, the date and what became of it.";
    "not_answered_though_near" NotAnsweredThoughNear { proposal }
        => "whether the proposal went to another standards body is not answered; near: {proposal}"
        -> "Answer yes or no; if yes, name the body, the date and what became of it.";
    "incomplete" Incomplete { missing }
        => "the proposal went to another body, but {missing} is missing"
        | "the proposal went to another body, but {missing} are missing"
        -> "Add {missing}.";
    "text_tells_of_another" TextTellsOfAnother { sentence }
        => "the answer is no, but the text tells of another body: \"{sentence}\""
        -> "Change the answer, and name the body, the date and what became of it.";
    "known_elsewhere" KnownElsewhere { proposal }
        => "the answer is no, but there is {proposal}"
        -> "Clear up how the two proposals are related, and change the answer or explain it.";
    "draft_elsewhere" DraftElsewhere { draft, body }
        => "the answer is no, but {draft} is under development at {body} with nearly the same title"
        -> "Clear up how the two projects are related, and say so.";
}

sentences! { c16:
    "no_alternative" NoAlternative { works, nearest }
        => "{works} comes close to it, and no alternative to new work is considered"
        | "{works} come close to it, and no alternative to new work is considered"
        -> "Say why using, referring to, revising or adopting {nearest} would not be enough.";
    "nearest_not_spoken_of" NearestNotSpokenOf { work, nearest }
        => "the alternatives do not speak of {work}, which is nearest"
        -> "Say why using, referring to, revising or adopting {nearest} would not be enough.";
    "nothing_close" NothingClose {}
        => "no existing work is so close that it could take the place of new work";
}

sentences! { c17:
    "earlier_not_told" EarlierNotTold { proposals }
        => "the proposal does not speak of what may have come before: {proposals}"
        -> "Say what became of the earlier proposal and what is different now.";
    "ended_not_told" EndedNotTold { committees }
        => "the proposal does not speak of {committees}, whose work has ended"
        -> "Say why that work ended and who keeps its results.";
}
