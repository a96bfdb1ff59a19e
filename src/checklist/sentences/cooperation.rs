//! Sentences on working together.

sentences! { c25:
    "no_mode_with_partners" NoModeWithPartners { committees }
        => "no mode of cooperation is proposed, though the proposal counts on {committees}"
        -> "Propose a mode of cooperation, from exchange of documents to joint work, and agree on \
            it with the committees named.";
    "no_mode_near_work" NoModeNearWork { work }
        => "no mode of cooperation is proposed, though {work} of another organization comes close \
            to it"
        -> "Propose a mode of cooperation, from exchange of documents to joint work, and agree on \
            it with the committees named.";
    "none_near_work" NoneNearWork { work }
        => "the mode is \"none\", though {work} of another organization comes close to it"
        -> "Propose a mode of cooperation, from exchange of documents to joint work, and agree on \
            it with the committees named.";
    "no_mode" NoMode { organizations, committees }
        => "no mode of cooperation is proposed, though {organizations} may be concerned: \
            {committees}"
        -> "Propose a mode of cooperation, from exchange of documents to joint work, and agree on \
            it with the committees named.";
    "mode_proposed" ModeProposed { mode }
        => "the mode \"{mode}\" is proposed";
    "none_planned" NonePlanned {}
        => "the proposal says that no cooperation is planned";
    "nobody_else_concerned" NobodyElseConcerned {}
        => "only the organization that is addressed is concerned";
}

sentences! { c26:
    "asked_for_and_refused" AskedForAndRefused { contacts }
        => "{contacts} asked for joint work, but the answer is no whether it was considered"
        -> "Consider joint work with those who asked for it, and say what came of it.";
    "asked_for_and_open" AskedForAndOpen { contacts }
        => "{contacts} asked for joint work, but the question is not answered whether it was \
            considered"
        -> "Consider joint work with those who asked for it, and say what came of it.";
    "not_considered_no_reason" NotConsideredNoReason {}
        => "joint work was not considered, and no reason is given"
        -> "Give the reason why joint work is not proposed.";
    "not_proposed_no_reason" NotProposedNoReason {}
        => "joint work was considered but is not proposed, and no reason is given"
        -> "Give the reason why joint work is not proposed.";
    "open_with_partners" OpenWithPartners { committees }
        => "the proposal counts on {committees}, and nothing says whether joint work was considered"
        -> "Say whether joint work was considered and, if it is not proposed, why.";
    "open" Open { organizations }
        => "committees of {organizations} may be concerned, and nothing says whether joint work \
            was considered"
        -> "Say whether joint work was considered and, if it is not proposed, why.";
    "joint_mode" JointMode {}
        => "a joint mode is proposed";
    "nobody_else_concerned" NobodyElseConcerned {}
        => "only the organization that is addressed is concerned";
}

sentences! { c27:
    "much_looser" MuchLooser { mode, committee, fitting, reason }
        => "the mode \"{mode}\" is much looser than the facts suggest: with {committee}, \
            \"{fitting}\" ({reason})"
        -> "Compare the mode with \"{fitting}\", and say why another one fits better.";
    "much_closer" MuchCloser { mode, committee, fitting, reason }
        => "the mode \"{mode}\" is much closer than the facts suggest: with {committee}, \
            \"{fitting}\" ({reason})"
        -> "Compare the mode with \"{fitting}\", and say why another one fits better.";
    "no_mode" NoMode {}
        => "no mode of cooperation is proposed; see C25";
    "nobody_else_concerned" NobodyElseConcerned {}
        => "no committee of another organization may be concerned";
}

sentences! { c28:
    "spoken_of_only" SpokenOfOnly { field }
        => "{field} speaks of liaison, but none is listed"
        -> "List the committees and outside bodies with which the work needs a liaison, or say for \
            each why not.";
    "spoken_of_only_though_near" SpokenOfOnlyThoughNear { field, committees }
        => "{field} speaks of liaison, but none is listed; to be considered: {committees}"
        -> "List the committees and outside bodies with which the work needs a liaison, or say for \
            each why not.";
    "none_planned" NonePlanned {}
        => "no liaison is planned"
        -> "List the committees and outside bodies with which the work needs a liaison, or say for \
            each why not.";
    "none_planned_though_near" NonePlannedThoughNear { committees }
        => "no liaison is planned; to be considered: {committees}"
        -> "List the committees and outside bodies with which the work needs a liaison, or say for \
            each why not.";
    "relations_leave_out" RelationsLeaveOut { committees }
        => "relations are planned, but none with {committees}, and nothing says why"
        -> "Add a liaison with each of these committees, or say why none is needed.";
    "liaisons_leave_out" LiaisonsLeaveOut { committees }
        => "{number} liaison is planned, but none with {committees}, and nothing says why"
        | "{number} liaisons are planned, but none with {committees}, and nothing says why"
        -> "Add a liaison with each of these committees, or say why none is needed.";
    "not_at_work" NotAtWork { committees }
        => "{committees}, named for liaison or as related, is not at work today"
        | "{committees}, named for liaison or as related, are not at work today"
        -> "Name the committee that does this work today.";
    "no_category" NoCategory { bodies }
        => "the category of the liaison with {bodies} is not given"
        -> "Give the category (A, B or C) of each liaison with a body outside the three \
            organizations.";
}

sentences! { c29:
    "not_thought_of" NotThoughtOf { subject, terms, committees }
        => "the subject touches {subject} ({terms}), and no horizontal committee for it is named"
        -> "Look at the work of {committees} and name what matters.";
    "nothing_horizontal" NothingHorizontal {}
        => "nothing points to a horizontal subject";
}

sentences! { c30:
    "not_arranged" NotArranged { missing }
        => "joint work is proposed, but nothing says {missing}"
        -> "Agree with the partner, and say {missing}.";
    "no_joint_text" NoJointText {}
        => "no joint text is proposed";
}

sentences! { c31:
    "patents_not_answered" PatentsNotAnswered {}
        => "whether patents on the subject are known is not answered"
        -> "Say whether patents on the subject are known, and which.";
    "copyright_refused" CopyrightRefused {}
        => "a draft is attached, and the holder of the copyright has not agreed"
        -> "Get the agreement of the holder of the copyright, for every organization that would \
            publish, before the text is circulated.";
    "copyright_open" CopyrightOpen {}
        => "a draft is attached, and nothing says that the holder of the copyright has agreed"
        -> "Get the agreement of the holder of the copyright, for every organization that would \
            publish, before the text is circulated.";
    "no_text" NoText {}
        => "there is no text yet";
}
