package io.thoughtbus.protocol;

/** A field whose value is not allowed: says which, what was expected and what was there. */
public final class InvalidFieldException extends IllegalArgumentException {
    private final String field;
    private final String expectation;

    /**
     * A refusal of one field.
     *
     * @param field the JSON name, such as {@code text} or {@code examples[3]}
     * @param expectation completes the sentence that starts with the field's name
     */
    public InvalidFieldException(String field, String expectation) {
        super((field + " " + expectation).strip());
        this.field = field;
        this.expectation = expectation;
    }

    /** What was expected and what was there: completes the sentence that starts with the field's name. */
    public String expectation() {
        return expectation;
    }

    /** The JSON name of the field; empty where the value does not know it. */
    public String field() {
        return field;
    }
}
