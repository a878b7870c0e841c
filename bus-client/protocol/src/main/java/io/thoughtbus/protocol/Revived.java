package io.thoughtbus.protocol;

/**
 * The bus' answer to a wish to have dead letters delivered again.
 *
 * @param revived how many are due now
 */
public record Revived(long revived) {}
