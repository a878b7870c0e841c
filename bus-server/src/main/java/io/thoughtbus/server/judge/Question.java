package io.thoughtbus.server.judge;

/**
 * Whether a fact concerns an interest.
 *
 * @param fact its text, which anybody may have written
 * @param interest its text, or lacking one an example
 */
public record Question(String fact, String interest) {}
