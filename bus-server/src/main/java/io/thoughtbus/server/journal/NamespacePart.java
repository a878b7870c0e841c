package io.thoughtbus.server.journal;

/** Something that every namespace has, and that must be there before its first fact or subscription. */
public interface NamespacePart {
    /** Makes sure that the part is there; called again after Redis was lost, and cheap if nothing is missing. */
    void open(String namespace);

    /** Makes the part of a namespace in which there is nothing yet, so that nothing need be looked for. */
    void create(String namespace);
}
