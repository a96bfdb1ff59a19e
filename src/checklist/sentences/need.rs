//! Sentences on need, interests and means.

sentences! { c32:
    "nothing_given" NothingGiven {}
        => "neither purpose, nor justification, nor market need is given"
        -> "Say what the work is for, why it is needed now, who needs it and how that is known.";
    "no_purpose" NoPurpose {}
        => "the proposal tells who needs the work, but not what it is for"
        -> "Add purpose and justification.";
    "repeats_scope" RepeatsScope { fields }
        => "{fields} only repeats the scope"
        | "{fields} only repeat the scope"
        -> "Say there why the work is needed; what it covers is said in the scope.";
    "not_shown" NotShown {}
        => "the need is stated, but nothing shows it: no figure, no statement of a user, no regulation"
        -> "Cite at least one figure, one statement of those who will use the result, or one \
            regulation that asks for it.";
    "has_figure" HasFigure { field } => "{field} has a figure";
    "has_statement" HasStatement { field } => "{field} has a statement of those concerned";
    "has_regulation" HasRegulation { field } => "{field} has a regulation";
}

sentences! { c33:
    "nothing_given" NothingGiven {}
        => "nothing lists the groups that are affected, and how"
        -> "Say for each group, from large and small firms to consumers, what the work means to \
            them, or that they are not affected.";
    "groups_missing" GroupsMissing { groups }
        => "nothing is said of {groups}"
        -> "Say for each of these groups what the work means to them, or that they are not affected.";
    "no_effect" NoEffect { groups }
        => "nothing says what the work means for {groups}"
        -> "Say for each group how it gains or is affected.";
}

sentences! { c34:
    "none_named" NoneNamed { wanted, rule }
        => "no supporter is named; at least {wanted} are needed: {rule}"
        -> "Find members that will take part, and name them with their countries; only the ballot \
            decides.";
    "too_few" TooFew { wanted, rule }
        => "{number} supporter is named; at least {wanted} are needed: {rule}"
        | "{number} supporters are named; at least {wanted} are needed: {rule}"
        -> "Find members that will take part, and name them with their countries; only the ballot \
            decides.";
    "enough_for_small" EnoughForSmall { named, wanted }
        => "{named} are enough in a committee of up to 16 participating members; a larger one needs \
            {wanted}";
    "not_prescribed" NotPrescribed {}
        => "no number of supporters is prescribed for this kind";
}

sentences! { c35:
    "no_secretariat" NoSecretariat {}
        => "nobody offers the secretariat"
        -> "Say which member offers the secretariat.";
    "no_chair" NoChair {}
        => "no chair or convenor is named"
        -> "Name the chair or convenor.";
    "no_editor" NoEditor {}
        => "no editor or rapporteur is named"
        -> "Name the editor or rapporteur.";
    "no_leader" NoLeader {}
        => "no project leader is named"
        -> "Name the project leader.";
    "no_text" NoText {}
        => "neither a draft nor an outline is attached"
        -> "Attach a draft, or at least an outline.";
    "no_deliverable" NoDeliverable {}
        => "which kind of document is to be published is not said"
        -> "Name the kind of document, such as International Standard, Technical Report or \
            Recommendation.";
    "foreign_deliverable" ForeignDeliverable { deliverable, organizations }
        => "\"{deliverable}\" is no kind of document that {organizations} publishes"
        -> "Choose a kind of document of the organization that is addressed.";
}

sentences! { c41:
    "may_not_propose" MayNotPropose { proposer, whom }
        => "{proposer} may not propose the work itself"
        -> "Have it submitted by {whom}.";
}
