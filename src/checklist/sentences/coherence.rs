//! Sentences on coherence over time.

sentences! { c36:
    "no_timetable" NoTimetable {}
        => "no timetable is given"
        -> "Give the dates of start, first draft, approval and publication.";
    "dates_missing" DatesMissing { steps }
        => "the timetable has no date for {steps}"
        -> "Add the date of {steps}.";
    "too_early" TooEarly { step, date, others }
        => "{step} ({date}) comes before {others}"
        -> "Correct the dates.";
    "too_late" TooLate { step, date, others }
        => "{step} ({date}) comes after {others}"
        -> "Correct the dates.";
    "between" Between { step, date, before, after }
        => "{step} ({date}) comes before {before} and comes after {after}"
        -> "Correct the dates.";
    "longer_than_track" LongerThanTrack { start, publication, months }
        => "from {start} to {publication} it is longer than the track of {months} months"
        -> "Choose a longer track or earlier dates.";
    "ready_before_draft" ReadyBeforeDraft { works }
        => "the work needs {works}, still under development, and may be ready before"
        -> "Agree with the committees of these drafts on dates.";
}

sentences! { c37:
    "basis_not_referred_to" BasisNotReferredTo { documents }
        => "{documents} is named as a basis, but nothing says that the work will refer to it"
        | "{documents} are named as a basis, but nothing says that the work will refer to it"
        -> "Say that the terms and requirements will be taken over by reference, not written anew.";
    "no_link_with_owner" NoLinkWithOwner { standards }
        => "the work is about a management system and names {standards}, but plans no link with \
            the committee that keeps it"
        -> "Plan a liaison with the committee that keeps the requirements, and refer to them \
            without change.";
    "no_management_system" NoManagementSystem {}
        => "the subject is a management system, and no existing one is named"
        -> "Say which existing management system standard the work builds on, or why none fits.";
    "no_basis" NoBasis {}
        => "no terms or requirements of others are named as a basis";
}

sentences! { c38:
    "nobody_keeps_it" NobodyKeepsIt {}
        => "a text is to be shared with another organization, and nothing says who keeps it up to \
            date"
        -> "Name who keeps the text, and how changes are made on both sides at the same time.";
    "names_nobody" NamesNobody {}
        => "the statement on maintenance names nobody"
        -> "Name the committee or organization that keeps the text.";
    "no_shared_text" NoSharedText {}
        => "no text is shared with another organization";
}

sentences! { c40:
    "no_study" NoStudy {}
        => "the work is on a management system, and nothing speaks of a justification study"
        -> "Prepare the justification study, have it approved before the ballot, and attach it.";
    "study_put_off" StudyPutOff {}
        => "the justification study is not there yet"
        -> "Have the justification study approved before the ballot, and attach it.";
    "study_spoken_of" StudySpokenOf {} => "a justification study is spoken of";
    "not_of_iso" NotOfIso {} => "the study is a procedure of ISO";
    "no_management_system" NoManagementSystem {} => "the title speaks of no management system";
}
