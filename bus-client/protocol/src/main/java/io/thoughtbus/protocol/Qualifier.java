package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a fact may speak of a matter without asserting it. The kinds are those of ConText (Harkema, Dowling, Thornblade and
 * Chapman, Journal of Biomedical Informatics 42, 2009).
 */
public enum Qualifier {
    /** It denies it: "user 480 is not in the military". */
    @JsonProperty("negated")
    NEGATED("denying the matter"),
    /** It supposes, asks or plans it: "user 480 considers joining the military". */
    @JsonProperty("hypothetical")
    HYPOTHETICAL("only supposing the matter"),
    /** It remembers it: "user 480 used to serve in the military". */
    @JsonProperty("past")
    PAST("telling of the past"),
    /** It asserts it of somebody or something else: "the neighbour of user 480 serves in the military". */
    @JsonProperty("somebody-else")
    SOMEBODY_ELSE("speaking of somebody or something else");

    private final String meaning;

    Qualifier(String meaning) {
        this.meaning = meaning;
    }

    /** What such a fact does, as in "it reads as …". */
    public String meaning() {
        return meaning;
    }
}
