/** The client: publish facts, be woken by meaning, and replay the past. Start with {@link ThoughtBus}. */
@NullMarked
package io.thoughtbus.client;

import org.jspecify.annotations.NullMarked;
