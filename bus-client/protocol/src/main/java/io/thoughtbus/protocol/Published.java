package io.thoughtbus.protocol;

/**
 * The bus' answer to a published fact.
 *
 * @param id the fact's id
 * @param durability the level reached when the answer was given
 * @param duplicate whether the key was known, so that the id is that of the fact published first
 */
public record Published(FactId id, Durability durability, boolean duplicate) {}
