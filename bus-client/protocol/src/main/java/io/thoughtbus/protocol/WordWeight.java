package io.thoughtbus.protocol;

/**
 * What some words of a fact carry.
 *
 * @param words one word, or several neighbours in a long fact
 * @param weight by how much the score falls without them; negative if it rises
 */
public record WordWeight(String words, double weight) {}
