/** Faults between a bus and its Redis, and what the bus makes of them. */
@NullMarked
package io.thoughtbus.server.faults;

import org.jspecify.annotations.NullMarked;
