//! Sentences on subject and scope.

sentences! { c01:
    "no_title" NoTitle {}
        => "the proposal has no title"
        -> "Give the work a title that names its object and the aspect that is standardized.";
    "too_long" TooLong { characters, most }
        => "the title has {characters} characters, more than the {most} that fit a line"
        -> "Shorten the title; move what limits the work into the scope.";
    "not_spelled_out" NotSpelledOut { abbreviations }
        => "the title uses {abbreviations} without saying anywhere what it stands for"
        -> "Write {abbreviations} out in the title, or in the scope at its first use.";
    "title_of_committee" TitleOfCommittee { committee, title }
        => "the title is the same as that of {committee} ({title})"
        -> "Change the title so that it tells this work from that committee.";
    "nearly_title_of_committee" NearlyTitleOfCommittee { committee, title }
        => "the title is nearly the same as that of {committee} ({title})"
        -> "Change the title so that it tells this work from that committee.";
    "title_of_work" TitleOfWork { work, likeness }
        => "{work} already has the same or nearly the same title ({likeness})"
        | "{number} works already have the same or nearly the same title ({likeness})"
        -> "Change the title so that it tells this work from the existing one, or propose a \
            revision of that.";
    "committee_came_later" CommitteeCameLater { committee, title, year }
        => "{committee} ({title}) was set up in {year} under this title, and may have come out of \
            the proposal";
}

sentences! { c02:
    "no_scope" NoScope {}
        => "the proposal has no scope"
        -> "State in one or two sentences which object the work deals with, which aspects of it, \
            and where it stops.";
    "hardly_an_object" HardlyAnObject { characters }
        => "the scope has {characters} characters and hardly names an object and a limit"
        -> "Name the object, the aspects that are standardized (terms, requirements, tests, \
            interfaces, …) and the limits.";
    "other_form" OtherForm { opening }
        => "the scope of the new field opens with \"{opening}\""
        -> "Begin the scope with \"Standardization of …\" or \"Standardization in the field of …\".";
    "aims" Aims {}
        => "{number} sentence of the scope tells aims, not limits"
        | "{number} sentences of the scope tells aims, not limits"
        -> "Move what the work is good for into the purpose; keep in the scope what it covers and \
            what it does not.";
}

sentences! { c03:
    "nothing_excluded" NothingExcluded {}
        => "nothing is excluded although {number} committee may be concerned"
        | "nothing is excluded although {number} committees may be concerned"
        -> "List what the work leaves to others, each with the committee that deals with it.";
    "nothing_excluded_nor_mentioned" NothingExcludedNorMentioned { committees }
        => "nothing is excluded although {number} committee may be concerned; not mentioned at \
            all: {committees}"
        | "nothing is excluded although {number} committees may be concerned; not mentioned at \
            all: {committees}"
        -> "List what the work leaves to others, each with the committee that deals with it.";
    "no_edge_of_field" NoEdgeOfField {}
        => "the scope of the new field excludes nothing"
        -> "State at least the nearest subject that the work leaves to others.";
    "others_not_mentioned" OthersNotMentioned { committees }
        => "1 committee of another organization that may be concerned is not mentioned: \
            {committees}"
        | "{number} committees of another organization that may be concerned are not mentioned: \
            {committees}"
        -> "Say for each committee what is left to it, or name it among the related committees or \
            liaisons.";
    "own_not_mentioned" OwnNotMentioned { committees }
        => "1 committee that may be concerned is not mentioned: {committees}"
        | "{number} committees that may be concerned are not mentioned: {committees}"
        -> "Say for each committee what is left to it, or name it among the related committees or \
            liaisons.";
    "owner_unknown" OwnerUnknown { committees }
        => "the exclusions name {committees}, which the register does not have"
        -> "Check the number; a committee that has ended or became another is named by its present \
            owner.";
    "owner_not_at_work" OwnerNotAtWork { committees }
        => "the exclusions name {committees}, which is no longer at work"
        -> "Name the committee that does this work today.";
    "no_owner" NoOwner { subjects }
        => "{number} exclusion stands without the committee that deals with it: {subjects}"
        | "{number} exclusions stand without the committee that deals with it: {subjects}"
        -> "Name for each exclusion the committee that deals with it.";
}

sentences! { c04:
    "no_organization" NoOrganization {}
        => "the proposal does not say which organization it is addressed to"
        -> "Name the organization, and the committee where there is one.";
    "works_of_another" WorksOfAnother { organization, works }
        => "all {number} close works are of {organization}, and nobody there was asked: {works}"
        | "all {number} close works are of {organization}, and nobody there was asked: {works}"
        -> "Ask {organization} whether it would do the work or wants to do it jointly, or say why \
            it belongs where it is proposed.";
    "nearer_to_another" NearerToAnother { organization, share, own, committees }
        => "the subject lies nearer to {organization} ({share}) than to the organization that is \
            addressed ({own}), and nobody there was asked: {committees}"
        -> "Ask {organization} whether it would do the work or wants to do it jointly, or say why \
            it belongs where it is proposed.";
    "shares" Shares { shares }
        => "committees that may be concerned, by organization: {shares}";
    "was_asked" WasAsked { organization, shares }
        => "{organization} leads ({shares}), and was asked";
    "all_addressed" AllAddressed {}
        => "all organizations are addressed";
}

sentences! { c05:
    "not_answered" NotAnswered {}
        => "whether an existing committee could take the work is not answered"
        -> "Say whether an existing committee could take the work if its scope were widened, name \
            it, and give the reason for or against.";
    "not_answered_though_near" NotAnsweredThoughNear { committees }
        => "whether an existing committee could take the work is not answered; to be considered: \
            {committees}"
        -> "Say whether an existing committee could take the work if its scope were widened, name \
            it, and give the reason for or against.";
    "no_reason" NoReason {}
        => "committees are named that could take the work, but no reason for or against"
        -> "Give for each committee the reason why it can or cannot take the work.";
    "not_considered" NotConsidered { told, committee }
        => "the answer does not consider {told}"
        -> "Say why {committee} can or cannot take the work.";
}

sentences! { c06:
    "no_kind" NoKind {}
        => "the proposal does not say what it asks for: a new field, a new work item, a Question, …"
        -> "Say what kind of proposal it is.";
    "kind_of_another" KindOfAnother { kind, organization }
        => "a proposal of kind \"{kind}\" is addressed to {organization}"
        -> "Correct the organization or the kind.";
    "no_programme" NoProgramme {}
        => "a new field is asked for without a programme of work"
        -> "List the parts of the planned work in order of priority.";
    "one_item" OneItem {}
        => "a new field is asked for, but the programme holds one item"
        -> "Consider a project committee, or add the other items that justify a new committee.";
    "several_items" SeveralItems { items }
        => "a project committee is asked for, but the programme holds {items} items"
        -> "Limit the programme to one item, or propose a new field.";
    "not_ripe" NotRipe {}
        => "a new work item is asked for without a text and without dates"
        -> "Consider a preliminary work item, or add an outline and a plan.";
    "exploration" Exploration { kind, words }
        => "a {kind} is asked for, but the text speaks of work before standards (\"{words}\")"
        -> "Consider a focus group for the exploration, and propose the rest when it is ripe.";
    "joint_committee" JointCommittee { kind }
        => "a joint committee is proposed as mode of cooperation, but the kind is \"{kind}\""
        -> "Propose a joint group, so that all its organizations decide on it.";
    "inside_a_scope" InsideAScope { told, probability, committee }
        => "by what it publishes {told} looks like a home for the work ({probability}), so that a \
            new work item there might be enough"
        -> "Say why {committee} cannot do the work as a work item of its own.";
}

sentences! { c07:
    "no_code" NoCode {}
        => "no code of the classification is given"
        -> "Add the codes under which a reader would look for the result.";
    "unknown_code" UnknownCode { codes }
        => "the classification has no code {codes}"
        -> "Correct the code.";
    "other_codes" OtherCodes { own, works, theirs }
        => "none of {own} is shared with the nearest {works}, which stand under {theirs}"
        -> "Look whether the codes of the nearest works describe the subject better.";
    "not_for_itu" NotForItu {}
        => "forms of ITU-T have no place for the classification";
}

sentences! { c42:
    "no_question" NoQuestion {}
        => "no Question of the study group is named that would take the work"
        -> "Name the parent Question, such as Q5/17.";
}

sentences! { c43:
    "bare_items" BareItems { items }
        => "{number} item of the programme names subject or aspect only: {items}"
        | "{number} items of the programme name subject or aspect only: {items}"
        -> "Give each item its subject and the aspect of it, such as \"Lifts - Vocabulary\".";
    "no_programme" NoProgramme {} => "no programme is given; see C06";
}
