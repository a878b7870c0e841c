/** The records that travel between the bus and its clients, each refusing what the bus would refuse. */
@NullMarked
package io.thoughtbus.protocol;

import org.jspecify.annotations.NullMarked;
