/** Agents to learn from. */
@NullMarked
package io.thoughtbus.examples;

import org.jspecify.annotations.NullMarked;
